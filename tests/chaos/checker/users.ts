import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { evolve, type User } from '../../../subgraphs/users/src/domain/user.ts';
import type { UserKeyRecord } from '../../../subgraphs/users/src/models/user-key.ts';
import { projectionsOf } from '../../../subgraphs/users/src/projections.ts';
import { unseal } from '../../../subgraphs/users/src/sealing.ts';
import { read } from '../../../subgraphs/users/src/user-store.ts';
import type { Evidence, Said } from './evidence.ts';

const projections = {
  user: 'users',
  preferences: 'user_preferences',
  settings: 'user_settings',
  subscription: 'user_subscriptions',
} as const;

/** (1) The four projections of each user are what the fold of their events makes. */
export async function userViolations(evidence: Evidence, said: Said, data: string): Promise<string[]> {
  const master = Buffer.from(await readFile(join(data, 'keys', 'users-master.key'), 'utf8'), 'base64');
  const keys = new Map((await evidence.rows<UserKeyRecord>('users', 'user_keys')).map(row => [row._id, row.wrapped]));
  const stored = new Map<string, Map<string, object>>();
  for (const name of Object.values(projections)) {
    const rows = await evidence.rows<{ _id: string }>('users', name);
    stored.set(name, new Map(rows.map(row => [row._id, row])));
  }
  const own = (said.get('users') ?? []).filter(row => row.aggregateType === 'User');
  const violations: string[] = [];
  for (const [id, rows] of Map.groupBy(own, row => row.aggregateId)) {
    const wrapped = keys.get(id);
    if (wrapped === undefined || rows.some(row => row.erased)) continue;
    const key = unseal(master, wrapped, `key of user ${id}`);
    const events = rows.toSorted((a, b) => a.version - b.version).map(row => read(row, key));
    const user = events.reduce<User | null>(evolve, null);
    if (user === null) continue;
    for (const [part, expected] of Object.entries(projectionsOf(id, user))) {
      const name = projections[part as keyof typeof projections];
      if (!isDeepStrictEqual(stored.get(name)?.get(id), expected)) {
        violations.push(`${name} of user ${id} is not what the events tell`);
      }
    }
  }
  for (const id of stored.get('users')?.keys() ?? []) {
    if (!own.some(row => row.aggregateId === id)) violations.push(`user ${id} is there, and was never said`);
  }
  return violations;
}
