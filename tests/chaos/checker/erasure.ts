import type { SagaRow } from '@mealprep360/events/saga-row';
import mongoose from 'mongoose';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { services } from '../chaos-house.ts';
import type { Leaver } from '../leaver.ts';
import type { Evidence } from './evidence.ts';

/**
 * (7) Of those who deleted their accounts nothing is left that they wrote or were called, byte by byte: in no
 * database, not in Redis, not in a log; nor is the key by which their own history could be read.
 */
export async function erasureViolations(
  evidence: Evidence,
  left: readonly Pick<Leaver, 'userId' | 'mark'>[],
  data: string,
): Promise<string[]> {
  if (left.length === 0) return [];
  const marks = new RegExp(left.map(({ mark }) => mark).join('|'), 'i');
  const find = (place: string, bytes: Buffer): string[] => {
    const found = marks.exec(bytes.toString('latin1'));
    return found ? [`${place} holds ${found[0]}`] : [];
  };
  const violations: string[] = [];
  for (const service of services) {
    for (const collection of await evidence.collectionsOf(service)) {
      for (const row of await evidence.rows<{ _id: unknown }>(service, collection)) {
        violations.push(...find(`${service}.${collection} ${String(row._id)}`, bytesOf(row)));
      }
    }
  }
  for (const { key, bytes } of await evidence.keys()) violations.push(...find(`redis ${key}`, bytes));
  const logs = join(data, 'logs');
  for (const name of await readdir(logs)) violations.push(...find(`the log ${name}`, await readFile(join(logs, name))));
  return [...violations, ...(await ownViolations(evidence, left))];
}

const bytesOf = (row: object): Buffer => Buffer.from(mongoose.mongo.BSON.serialize(row));

async function ownViolations(evidence: Evidence, left: readonly { userId: string; mark: string }[]): Promise<string[]> {
  const keys = new Set((await evidence.rows<{ _id: string }>('users', 'user_keys')).map(({ _id }) => _id));
  const sagas = await evidence.rows<SagaRow>('users', 'sagas', { type: 'EraseUser' });
  const ended = sagas.filter(({ state }) => state === 'COMPLETED').length;
  return [
    ...left.filter(({ userId }) => keys.has(userId)).map(({ mark }) => `the key of ${mark} is there`),
    ...(ended < left.length ? [`${left.length} people left, and ${ended} erasures are complete`] : []),
  ];
}
