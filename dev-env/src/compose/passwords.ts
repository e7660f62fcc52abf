import { join } from 'node:path';
import type { Room } from '../rooms.ts';
import { loadPasswords } from '../secrets.ts';

/** As docker-compose.yml starts mongod. */
export const replicaSet = 'rs0';

/** The passwords of a house in containers: made by the first call, the same ever after. */
export async function passwordsOf(folder: string, rooms: Room[]): Promise<(name: string) => string> {
  const names = rooms.map(({ name }) => name);
  const passwords = await loadPasswords(join(folder, 'setup'), [
    'mongodb admin',
    'redis admin',
    ...names.map(name => `mongodb ${name}`),
    ...[...names, 'gateway'].map(name => `redis ${name}`),
  ]);
  return name => passwords[name] ?? '';
}

/** The admin's address of the MongoDB of these containers, a replica set of one. */
export function adminUri(host: string, password: string): string {
  return `mongodb://admin:${password}@${host}/?authSource=admin&replicaSet=${replicaSet}`;
}
