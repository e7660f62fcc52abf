import { envelope, PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { z } from 'zod';
import { toEnvelope, type OutboxRow } from './outbox.ts';

/** Asks another service by internal HTTP; throws when it does not answer. */
export type Ask = (service: string, path: string, body?: unknown) => Promise<unknown>;

/** What a service answers to other services, by path of an internal POST; each throws a ZodError on a wrong body. */
export type InternalRoutes = Record<string, (body: unknown) => Promise<unknown>>;

const HEADS = '/internal/events/heads';
const READ = '/internal/events/read';
const LIMIT = 500;

const readRequest = z.object({
  partition: z
    .int()
    .min(0)
    .max(PARTITIONS - 1),
  from: z.int().min(1),
  limit: z.int().min(1).max(LIMIT).default(LIMIT),
});
const headsAnswer = z.object({ heads: z.array(z.int().min(0)).length(PARTITIONS) });
const readAnswer = z.object({ events: z.array(envelope) });

/** The owner's side: its outbox is the log, here is how others read it. */
export const historyRoutes = (
  db: Database,
  outbox: Collection<OutboxRow>,
  heads = sharedFor(1000, () => headsOf(db, outbox)),
): InternalRoutes => ({
  [HEADS]: async () => ({ heads: await heads() }),
  [READ]: async body => {
    const { partition, from, limit } = readRequest.parse(body);
    const rows = await db
      .raw(outbox)
      .find({ partition, seq: { $gte: from } }, { projection: { sealed: 0 } })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray();
    return { events: rows.map(toEnvelope) };
  },
});

/** All who ask within so many milliseconds share one answer; a failure is shared by nobody who comes later. */
function sharedFor<Answer>(milliseconds: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked = -Infinity;
  let answer: Promise<Answer> | undefined;
  return () => {
    if (answer === undefined || performance.now() - asked > milliseconds) {
      asked = performance.now();
      answer = ask();
      answer.catch(() => (answer = undefined));
    }
    return answer;
  };
}

/** The last number given in each partition; 0 where there is none. */
export async function headsOf(db: Database, outbox: Collection<OutboxRow>): Promise<number[]> {
  const newest = (partition: number) => [
    { $match: { partition, seq: { $gt: 0 } } },
    { $sort: { seq: -1 } },
    { $limit: 1 },
    { $project: { _id: 0, partition: 1, seq: 1 } },
  ];
  const others = Array.from({ length: PARTITIONS - 1 }, (_, index) => ({
    $unionWith: { coll: outbox.name, pipeline: newest(index + 1) },
  }));
  const rows = await db
    .raw(outbox)
    .aggregate<{ partition: number; seq: number }>([...newest(0), ...others])
    .toArray();
  const seqs = new Map(rows.map(({ partition, seq }) => [partition, seq]));
  return Array.from({ length: PARTITIONS }, (_, partition) => seqs.get(partition) ?? 0);
}

/** The reader's side: the last numbers that a speaker gave, by partition. */
export const askHeads = async (ask: Ask, speaker: string): Promise<number[]> =>
  headsAnswer.parse(await ask(speaker, HEADS)).heads;

/** The reader's side: what a speaker said in a partition from a number on, at most `limit` of it (500 if not told). */
export const askHistory = async (
  ask: Ask,
  speaker: string,
  request: { partition: number; from: number; limit?: number },
): Promise<Envelope[]> =>
  readAnswer.parse(await ask(speaker, READ, { ...request, limit: Math.min(request.limit ?? LIMIT, LIMIT) })).events;
