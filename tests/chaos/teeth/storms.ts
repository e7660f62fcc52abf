import { newId } from '@mealprep360/mongo/id';
import { outboxCollection, partitionOf, type OutboxRow } from '@mealprep360/events/outbox';
import type { SagaRow } from '@mealprep360/events/saga-row';
import { setTimeout as pause } from 'node:timers/promises';
import { members } from '../chaos-house.ts';
import type { Group } from '../crashes/groups.ts';
import { fell, until, type Scene } from '../faults/fault.ts';
import { askAsOps } from '../faults/poison.ts';
import type { Load } from '../load.ts';
import type { ChaosOptions } from '../run.ts';

type Storm = Pick<ChaosOptions, 'seed' | 'sagas' | 'faults' | 'kinds' | 'leaving'> & { provoked?: Group['provoke'] };

/** Somebody deletes their account; when all is gone, they write by a token that nobody can tell any more to be ended. */
async function lateWrite({ house, mongodb }: Scene, load: Load): Promise<() => Promise<void>> {
  const resume = await load.pause();
  await load.leave();
  const sagas = mongodb.db('mealprep360_users').collection<SagaRow>('sagas');
  const ended = { type: 'EraseUser', state: 'COMPLETED' } as const;
  await until('the account is erased', async () => (await sagas.findOne(ended)) !== null);
  // a gateway that remembers nothing lets tokens in while it reaches neither Redis nor users
  const calm = [
    house.proxy('redis').disturb({ kind: 'cut' }, 'gateway'),
    house.proxy('users').disturb({ kind: 'cut' }, null),
  ];
  await fell(house, 'gateway', 'SIGKILL');
  house.release('gateway');
  const writes = load.journal.left.map(({ comeBack }) => comeBack);
  for (let tries = 0; tries < 16; tries++) {
    if ((await Promise.all(writes.map(write => write()))).includes(true)) break;
    await pause(500);
  }
  return () => {
    for (const end of calm) end();
    resume();
    return Promise.resolve();
  };
}

/** Shopping stands still while it is asked for a list, and while the person on call takes the plan back. */
async function takenBack({ house, mongodb }: Scene, load: Load): Promise<() => Promise<void>> {
  const resume = await load.pause();
  const ask = await askAsOps(house, 'mealplans');
  const database = mongodb.db('mealprep360_mealplans');
  const asking = { type: 'CreateMealPlan', state: 'RUNNING', turn: 'THEIRS', step: 2 } as const;
  house.hold('shopping', 'SIGSTOP');
  const planned = load.plan();
  const asked: SagaRow[] = [];
  await until('a list is asked for', async () => {
    asked.push(...(await database.collection<SagaRow>('sagas').find(asking).toArray()));
    return asked.length > 0;
  });
  const id = asked[0]?._id ?? '';
  await ask('/internal/ops/sagas/force-compensate', { id, by: 'chaos', reason: 'it was a mistake' });
  const undo = { aggregateId: id, 'eventData.undo': true, sentAt: { $ne: null } };
  await until('shopping is told so', async () => (await database.collection('outbox').findOne(undo)) !== null);
  house.release('shopping');
  return async () => {
    await planned;
    resume();
  };
}

const BACKLOG = 500;
const BACKLOGS = 12;
/** milliseconds that each message takes: one numbering then takes seconds */
const SLOW = 250;

/** Two processes of a slow service number what is written faster than they do, the newest first. */
async function backlog({ house, mongodb }: Scene, load: Load): Promise<() => Promise<void>> {
  const resume = await load.pause();
  await house.twin('recipes');
  const calm = members.map(name => house.proxy(name).disturb({ kind: 'delay', milliseconds: SLOW }, 'recipes'));
  const outbox = mongodb.db('mealprep360_recipes').collection<OutboxRow>(outboxCollection().name);
  for (let count = 0; count < BACKLOGS; count++) {
    // each before all others in the order in which events are numbered
    const rows = Array.from({ length: BACKLOG }, () => rowOf(`0${(BACKLOGS - count).toString(16)}${newId().slice(2)}`));
    await outbox.insertMany(rows, { writeConcern: { w: 'majority' } });
    await pause(1500);
  }
  return async () => {
    for (const end of calm) end();
    await fell(house, 'recipes-2', 'SIGKILL');
    resume();
  };
}

/** An event of a type that nobody knows: it is carried, counted and passed over. */
const rowOf = (aggregateId: string): OutboxRow => ({
  ...{ _id: newId(), eventType: 'NoiseMade', aggregateType: 'Noise', aggregateId, version: 1, schemaVersion: 1 },
  ...{ eventData: { id: aggregateId }, timestamp: new Date(), partition: partitionOf(aggregateId) },
  ...{ correlationId: 'noise', causationId: null, traceparent: null, userId: null, to: null },
  ...{ erased: false, seq: null, sentAt: null },
});

const nothing = { seed: 7, sagas: 10, faults: 0, kinds: [], leaving: 0 };

/** What is done to a house, each as little as shows what it is to show. */
export const storms = {
  /** nothing breaks */
  calm: { ...nothing, sagas: 20 },
  /** readers stand still or die while the bus loses what they have not read */
  'deaf readers': {
    ...nothing,
    faults: 4,
    kinds: ['process frozen', 'process killed', 'holes in the streams', 'Redis killed, back empty'],
  },
  'two at once': { ...nothing, faults: 2, kinds: ['two processes of a service'] },
  'a write after the end': { ...nothing, sagas: 3, provoked: lateWrite },
  'taken back unseen': { ...nothing, sagas: 3, provoked: takenBack },
  'a backlog': { ...nothing, sagas: 3, provoked: backlog },
} as const satisfies Record<string, Storm>;

export type StormName = keyof typeof storms;

/** How chaos is to be run for a storm. */
export function optionsOf(name: StormName): Omit<ChaosOptions, 'say'> {
  const { provoked, ...options }: Storm = storms[name];
  const alone = provoked === undefined ? [] : [{ deaths: [], provoke: provoked }];
  return { ...options, patience: 25_000, crashes: { sideBySide: [], alone } };
}
