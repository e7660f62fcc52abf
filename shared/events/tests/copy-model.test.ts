import type { Envelope } from '@mealprep360/contracts/envelope';
import { UserCreated, UserDeleted, UserSynced, UserUpdated } from '@mealprep360/contracts/users';
import type { NewEvent } from '@mealprep360/contracts/define';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyBatch } from '../src/apply.ts';
import { checkpointId, checkpoints } from '../src/checkpoints.ts';
import { copies, copyCollection, keepsCopy } from '../src/copy.ts';
import { unitOfWork, type Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, openTestDatabase, outbox } from './kit.ts';

// A copy beside a model of it, an entry of a Map. Each run is many users at once, since a database is slow one by one.

const userCopy = copyCollection('user_copy', {
  speaker: 'users',
  revision: 1,
  from: [UserCreated, UserUpdated],
  again: UserSynced,
  state: ({ settings }: { settings: { locale: string } }) => ({ locale: settings.locale }),
});
let db: Database;
beforeAll(async () => {
  db = await openTestDatabase('copy_model', [userCopy]);
});
afterAll(() => dropAndClose(db));

type Delivery =
  | { what: 'version' | 'again'; version: number }
  | { what: 'deleted' | 'erased' | 'awaited' | 'another aggregate'; version: number };
const anyDelivery: fc.Arbitrary<Delivery> = fc.record({
  what: fc.constantFrom('version', 'version', 'version', 'again', 'awaited', 'deleted', 'erased', 'another aggregate'),
  version: fc.integer({ min: 1, max: 5 }),
});
/** In any order, and any of them more than once. */
const anyLife = fc.array(anyDelivery, { minLength: 1, maxLength: 7 });

const state = {
  preferences: {
    ...{ diets: [], allergens: [], dislikedIngredients: [], favoriteCuisines: [] },
    ...{ defaultServings: 2, measurementSystem: 'METRIC' as const },
  },
  settings: { timeZone: 'UTC', weekStartsOn: 'MONDAY' as const, notificationChannels: [] },
};
const stateOf = (id: string, locale: string) => ({ ...state, id, settings: { ...state.settings, locale } });

function eventOf(id: string, { what, version }: Delivery, nth: number): Envelope {
  const envelope = (event: NewEvent, changes: Partial<Envelope> = {}): Envelope => ({
    ...{ ...event, ...ana, eventId: newId(), timestamp: new Date(0), partition: 0, seq: 1, erased: false },
    ...changes,
  });
  const data = stateOf(id, `v${version}`);
  if (what === 'deleted') return envelope(UserDeleted.of(id, 6, { id }));
  if (what === 'erased') return envelope(UserUpdated.of(id, version, data), { erased: true, eventData: null });
  if (what === 'again') return envelope(UserSynced.of(id, nth + 1, { ...stateOf(id, `said ${nth}`), version }));
  if (what === 'another aggregate') return envelope(UserDeleted.of(id, 1, { id }), { aggregateType: 'Recipe' });
  return envelope((version === 1 ? UserCreated : UserUpdated).of(id, version, data));
}

/** null: gone for ever; undefined: never heard of. */
type Model = { version: number; state: { locale: string } | null } | null | undefined;

function modelOf(life: readonly Delivery[]): Model {
  let model: Model;
  life.forEach(({ what, version }, nth) => {
    if (model === null || what === 'another aggregate') return;
    const there = model?.version ?? -1;
    if (what === 'deleted' || what === 'erased') model = null;
    else if (what === 'awaited') model ??= { version: 0, state: null };
    else if (what === 'version' && version > there) model = { version, state: { locale: `v${version}` } };
    // what is said once more is the owner's last word on its version
    else if (what === 'again' && version >= there) model = { version, state: { locale: `said ${nth}` } };
  });
  return model;
}

const TOGETHER = 50;
const anyLives = fc.array(anyLife, { minLength: TOGETHER, maxLength: TOGETHER });
const agrees = async (ids: readonly string[], lives: readonly Delivery[][]): Promise<void> => {
  const kept = await copies(userCopy, { db }).getMany(ids);
  const found = ids.map(id => kept.get(id)).map(copy => (copy ? { version: copy.version, state: copy.state } : null));
  expect(found).toEqual(lives.map(life => modelOf(life) ?? null));
};

test('a copy is the newest version that was heard, in whatever order, and nothing brings back what is gone', () =>
  fc.assert(
    fc.asyncProperty(anyLives, async lives => {
      const ids = lives.map(() => newId());
      const live = async (id: string, life: readonly Delivery[]) => {
        for (const [nth, delivery] of life.entries()) {
          const kept = copies(userCopy, { db });
          await (delivery.what === 'awaited' ? kept.await(id) : kept.hear(eventOf(id, delivery, nth)));
        }
      };
      await Promise.all(lives.map((life, index) => live(ids[index] ?? '', life)));
      await agrees(ids, lives);
    }),
    { numRuns: 1000 / TOGETHER, endOnFailure: true },
  ));

test('many events applied in one transaction leave the same copies as one by one', async () => {
  const commitMany = unitOfWork(db, outbox, () => undefined);
  const { byType, onlyKeeps = false } = keepsCopy(userCopy);
  const handlerOf = (event: Envelope) => {
    const react = byType.get(event.eventType);
    if (react === undefined) return null;
    const handle = async (tx: Tx): Promise<void> => {
      await react(event, tx);
    };
    return { onlyKeeps, handle };
  };
  await db.raw(checkpoints).insertOne({ _id: checkpointId('users', 0), seq: 0 });
  let seq = 0;
  await fc.assert(
    fc.asyncProperty(anyLives, fc.integer({ min: 1, max: 100 }), async (drawn, most) => {
      const lives = drawn.map(life => life.filter(({ what }) => what !== 'awaited'));
      const ids = lives.map(() => newId());
      const events = Array.from({ length: 7 }, (_, nth) => nth).flatMap(nth =>
        lives.flatMap((life, index) => {
          const delivery = life[nth];
          return delivery ? [{ ...eventOf(ids[index] ?? '', delivery, nth), seq: ++seq }] : [];
        }),
      );
      while (events.length > 0) {
        const [first, ...rest] = events.splice(0, Math.max(8, most));
        if (first)
          await applyBatch(commitMany, handlerOf, { speaker: 'users', partition: 0, events: [first, ...rest] });
      }
      await agrees(ids, lives);
    }),
    { numRuns: 1000 / TOGETHER, endOnFailure: true },
  );
});

test('who keeps a version is told whether it was news', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }), {
        minLength: TOGETHER,
        maxLength: TOGETHER,
      }),
      lives =>
        Promise.all(
          lives.map(async versions => {
            const id = newId();
            let newest = 0;
            for (const version of versions) {
              const isNews = await copies(userCopy, { db }).keep(id, version, { locale: `${version}` });
              expect(isNews).toBe(version > newest);
              newest = Math.max(newest, version);
            }
          }),
        ).then(() => undefined),
    ),
    { numRuns: 1000 / TOGETHER, endOnFailure: true },
  ));
