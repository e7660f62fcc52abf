import { CommandAnswered, CommandRequested, ValidateUser } from '@mealprep360/contracts/commands';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { command, commandRows, NotYet, type Command } from '../src/commands.ts';
import type { EventRuntime } from '../src/event-runtime.ts';
import { memoryBus } from '../src/memory-bus.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, heard, neighbourhood, openTestDatabase, outbox } from './kit.ts';

const house = neighbourhood(memoryBus());
let sender: Database;
let participant: Database;
let plans: EventRuntime<Tx>;
let users: EventRuntime<Tx>;
/** what is asked for by the user's id: how often it was tried, and when it is ready */
let ready = new Set<string>();
let tries = new Map<string, number>();
let broken = new Set<string>();

const validate: Command<Tx> = command<Tx>()(ValidateUser, {
  run: async ({ userId }, tx) => {
    tries.set(userId, (tries.get(userId) ?? 0) + 1);
    if (broken.has(userId)) throw new Error('a bug');
    if (!ready.has(userId)) throw new NotYet(`${userId} has not arrived`);
    await tx.db.raw(heard).insertOne({ _id: userId, aggregateId: userId, version: 1, at: 0 }, { session: tx.session });
    return {};
  },
  undo: ({ userId }, tx) => tx.db.raw(heard).deleteOne({ _id: userId }, { session: tx.session }),
});
beforeAll(async () => {
  sender = await openTestDatabase('commands_sender');
  participant = await openTestDatabase('commands_participant');
  plans = house.start('mealplans', sender);
  users = house.start('users', participant, { commands: [validate] });
});
beforeEach(() => {
  ready = new Set();
  tries = new Map();
  broken = new Set();
});
afterEach(() => participant.raw(commandRows).deleteMany({ state: 'WAITING' }));
afterAll(async () => {
  await house.stopAll();
  await dropAndClose(sender, participant);
});

interface Asked {
  version?: number;
  undo?: boolean;
  command?: string;
  /** milliseconds from now; null for ever */
  within?: number | null;
}
const request = (
  sagaId: string,
  userId: string,
  { version = 1, undo = false, command: name = 'ValidateUser', within = 30_000 }: Asked = {},
) =>
  plans.commit(ana, tx => {
    const deadline = within === null ? null : new Date(tx.now.getTime() + within);
    const said = { sagaId, step: 0, command: name, undo, input: { userId }, deadline };
    tx.emit(CommandRequested.of(sagaId, version, said, 'users'));
  });
const answers = async (sagaId: string) => {
  const rows = await participant.raw(outbox).find({ aggregateId: sagaId }).sort({ version: 1 }).toArray();
  return rows.map(({ eventData, to }) => {
    const { outcome, undo, error } = CommandAnswered.schema.parse(eventData);
    return { outcome, undo, code: error?.code ?? null, to };
  });
};
const done = { outcome: 'DONE', undo: false, code: null, to: 'mealplans' };
const isDone = async (userId: string) => (await participant.raw(heard).countDocuments({ _id: userId })) === 1;

test('what is not ready is tried again until it is, and others are done meanwhile', async () => {
  const [waiting, quick] = [newId(), newId()];
  ready.add(quick);
  await request('slow-saga', waiting);
  await expect.poll(() => tries.get(waiting) ?? 0).toBeGreaterThan(1);
  await request('quick-saga', quick);
  await expect.poll(() => answers('quick-saga')).toEqual([done]);
  expect(await answers('slow-saga')).toEqual([]);
  ready.add(waiting);
  await expect.poll(() => answers('slow-saga')).toEqual([done]);
  expect(await isDone(waiting)).toBe(true);
});

test('what never gets ready is refused at the deadline, and so is what fails', async () => {
  const [never, bug] = [newId(), newId()];
  broken.add(bug);
  await request('never-saga', never, { within: 600 });
  await request('bug-saga', bug, { within: 600 });
  const refused = { outcome: 'REFUSED', undo: false, to: 'mealplans' };
  await expect.poll(() => answers('never-saga'), { timeout: 5000 }).toEqual([{ ...refused, code: 'NOT_READY' }]);
  await expect.poll(() => answers('bug-saga'), { timeout: 5000 }).toEqual([{ ...refused, code: 'FAILED' }]);
});

test('an undo that comes first is answered, and the action that comes after it is never done', async () => {
  const user = newId();
  ready.add(user);
  await request('hasty-saga', user, { version: 1, undo: true, within: null });
  await expect.poll(() => answers('hasty-saga')).toEqual([{ ...done, undo: true }]);
  await request('hasty-saga', user, { version: 2 });
  await expect.poll(() => users.lag()).toEqual({ mealplans: 0 });
  expect(tries.has(user)).toBe(false);
  expect(await participant.raw(commandRows).findOne({ _id: 'hasty-saga:0' })).toMatchObject({ state: 'UNDONE' });
  expect(await answers('hasty-saga')).toHaveLength(1);
});

test('an undo takes an action back that was done, and one that still waits is never done', async () => {
  const [first, second] = [newId(), newId()];
  ready.add(first);
  await request('done-saga', first);
  await expect.poll(() => isDone(first)).toBe(true);
  await request('done-saga', first, { version: 2, undo: true, within: null });
  await expect.poll(() => answers('done-saga')).toEqual([done, { ...done, undo: true }]);
  expect(await isDone(first)).toBe(false);
  await request('waiting-saga', second);
  await expect.poll(() => tries.get(second) ?? 0).toBeGreaterThan(0);
  await request('waiting-saga', second, { version: 2, undo: true, within: null });
  await expect.poll(() => answers('waiting-saga')).toEqual([{ ...done, undo: true }]);
  ready.add(second);
  expect(await isDone(second)).toBe(false);
});

test('a step that is asked twice is done once', async () => {
  const user = newId();
  ready.add(user);
  await request('double-saga', user, { version: 1 });
  await request('double-saga', user, { version: 2 });
  await expect.poll(() => answers('double-saga')).toContainEqual(done);
  await expect.poll(() => users.lag()).toEqual({ mealplans: 0 });
  // (who asks when it is done is told again)
  for (const answer of await answers('double-saga')) expect(answer).toEqual(done);
  expect(tries.get(user)).toBe(1);
});

test('a command that nobody here knows is parked', async () => {
  await request('strange-saga', newId(), { command: 'PaintTheDoor' });
  await expect
    .poll(async () => (await users.deadLetters.list({}, 10)).rows.map(({ error }) => error), { timeout: 5000 })
    .toEqual(['no command PaintTheDoor is done here']);
});
