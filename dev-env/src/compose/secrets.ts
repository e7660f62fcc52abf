// The first container of docker-compose.yml: makes the keys and passwords that are missing. What a process may know
// goes into a folder of its name, each a volume of its own; `setup` has all.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareKeys } from '../keys.ts';
import { serviceUri } from '../mongodb.ts';
import { accessRules, userUrl } from '../redis.ts';
import { readRooms } from '../rooms.ts';
import { keptSecret, writePrivate } from '../secrets.ts';
import { adminUri, passwordsOf } from './passwords.ts';

const text = { type: 'string', default: '' } as const;
const { folder, mongodb, redis } = parseArgs({ options: { folder: text, mongodb: text, redis: text } }).values;
if (!folder || !mongodb || !redis) throw new Error('secrets.ts --folder DIR --mongodb HOST:PORT --redis HOST:PORT');

const rooms = await readRooms(fileURLToPath(new URL('../../..', import.meta.url)));
const names = [...rooms.map(({ name }) => name), 'gateway'];
const folders = ['setup', 'mongodb', 'redis', 'ops', ...names].map(name => join(folder, name));
await Promise.all(folders.map(path => mkdir(path, { recursive: true, mode: 0o700 })));
const passwordOf = await passwordsOf(folder, rooms);
const keys = await prepareKeys(join(folder, 'setup', 'keys'), [...names, 'ops']);
const copy = async (from: string, to: string) => writePrivate(join(folder, to), await readFile(from, 'utf8'));

await keptSecret(join(folder, 'mongodb', 'keyfile'), () => randomBytes(600).toString('base64'));
await writePrivate(join(folder, 'mongodb', 'admin-password'), passwordOf('mongodb admin'));

const redisUsers = names.map(name => ({ name, password: passwordOf(`redis ${name}`) }));
const acl = ['user default off', ...redisUsers.map(user => `user ${user.name} ${accessRules(user).join(' ')}`), ''];
await writePrivate(join(folder, 'redis', 'users.acl'), acl.join('\n'));

for (const user of redisUsers) {
  await writePrivate(join(folder, user.name, 'redis-url'), userUrl(`redis://${redis}`, user));
  await copy(keys.signing(user.name), join(user.name, 'signing.key.json'));
  await copy(keys.public, join(user.name, 'public.jwks.json'));
}
await copy(keys.signing('ops'), join('ops', 'signing.key.json'));
const admin = adminUri(mongodb, passwordOf('mongodb admin'));
for (const { name } of rooms) {
  const uri = serviceUri(admin, { name, password: passwordOf(`mongodb ${name}`) });
  await writePrivate(join(folder, name, 'mongodb-uri'), uri);
}
await copy(keys.usersMaster, join('users', 'users-master.key'));
