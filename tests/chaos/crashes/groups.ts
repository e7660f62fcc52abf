import type { CrashPoint } from '@mealprep360/events/crash-points';
import { loadKeys, signAccess } from '@mealprep360/service/tokens';
import { join } from 'node:path';
import type { Service } from '../chaos-house.ts';
import { until, type Scene } from '../faults/fault.ts';
import { askAsOps, discardPoison, poisonRecipes, untilParked } from '../faults/poison.ts';
import { streamsOf } from '../faults/redis.ts';
import type { Load } from '../load.ts';

export type Point = CrashPoint | `${CrashPoint}:${string}`;

/** Processes that die at points, each at one after the other. What does not come by itself is provoked. */
export interface Group {
  deaths: readonly { process: Service; points: readonly Point[] }[];
  /** begins when the processes are armed and up; what it answers is called when the first of them has died all its deaths */
  provoke?: (scene: Scene, load: Load) => Promise<(() => Promise<void>) | undefined>;
}

const poisoned = async (scene: Scene): Promise<undefined> => {
  await poisonRecipes(scene);
};

/** Something is parked, and the person on call gives it up; whoever dies over it is asked again. */
const discarded = async (scene: Scene): Promise<() => Promise<void>> => {
  const eventId = await poisonRecipes(scene);
  await untilParked(scene, 'shopping', eventId);
  const asked = discardPoison(scene, 'shopping');
  return () => asked;
};

/** Shopping stands still while the bus loses what it was to read. */
const passedOver = async ({ house, redis }: Scene, load: Load): Promise<undefined> => {
  house.hold('shopping', 'SIGSTOP');
  await load.plan().catch(() => undefined);
  await redis.del(...streamsOf('mealplans'));
  house.release('shopping');
};

/** The bus loses what shopping said, and shopping its connection to it. */
const tailLost = async ({ house, redis }: Scene): Promise<undefined> => {
  await redis.del(...streamsOf('shopping'));
  const calm = house.proxy('redis').disturb({ kind: 'cut' }, 'shopping');
  calm();
};

/** A list is made, and whoever asked for it does not hear so until it is too late. */
const unheard = async ({ house, mongodb }: Scene, load: Load): Promise<() => Promise<void>> => {
  const resume = await load.pause();
  const sagas = mongodb.db('mealprep360_mealplans').collection('sagas');
  const open = { state: { $in: ['RUNNING', 'COMPENSATING'] } };
  await until('no plan is under way', async () => (await sagas.findOne(open)) === null);
  const calm = [
    house.proxy('redis').disturb({ kind: 'cut' }, 'mealplans'),
    house.proxy('shopping').disturb({ kind: 'cut' }, null),
  ];
  const planned = Promise.allSettled([load.plan(), load.plan()]);
  return async () => {
    await planned;
    for (const end of calm) end();
    resume();
  };
};

/** A plan for somebody whom nobody knows: users refuse it. */
const refused = async ({ house }: Scene, load: Load): Promise<undefined> => {
  const folder = join(house.data, 'keys');
  const keys = await loadKeys(join(folder, 'users.key.json'), join(folder, 'public.jwks.json'));
  const nobody = { userId: 'f'.repeat(24), sessionId: 'chaos', roles: [] };
  const token = await signAccess(keys, nobody);
  await until('somebody whom nobody knows is answered', () => load.planAs(token));
};

const one = (process: Service, ...points: Point[]): Group => ({ deaths: [{ process, points }] });
const provoked = (provoke: NonNullable<Group['provoke']>, process: Service, ...points: Point[]): Group => ({
  deaths: [{ process, points }],
  provoke,
});

/** An operator has a copy of recipes made anew; whoever dies over it goes on with it. */
const rebuilt = async ({ house }: Scene): Promise<undefined> => {
  const ask = await askAsOps(house, 'recipes');
  const { names } = (await ask('/internal/ops/rebuild/names', {})) as { names: string[] };
  await ask('/internal/ops/rebuild', { name: names[0], by: 'chaos' });
};

/** Somebody deletes their account. */
const left = (_scene: Scene, load: Load): Promise<() => Promise<void>> => {
  const gone = load.leave();
  return Promise.resolve(() => gone);
};

/** Lines of groups: those side by side go on at the same time, each in turn; then each of the others alone. */
export interface Crashes {
  sideBySide: readonly (readonly Group[])[];
  alone: readonly Group[];
}

const byThemselves: Crashes['sideBySide'] = [
  [
    one(
      'mealplans',
      ...(['commit.written', 'saga.here:savePending', 'saga.asked:ValidateUser', 'saga.heard:ValidateUser'] as const),
      ...(['saga.asked:GenerateShoppingList', 'saga.heard:GenerateShoppingList', 'saga.moved'] as const),
      ...(['saga.here:confirm', 'saga.asked:AnnounceMealPlan', 'relay.numbered'] as const),
    ),
    one(
      'users',
      ...(['command.accepted:ValidateUser', 'command.done:ValidateUser', 'command.answered:ValidateUser'] as const),
      'relay.published',
    ),
  ],
  [
    one(
      'shopping',
      ...(['command.accepted:GenerateShoppingList', 'command.done:GenerateShoppingList'] as const),
      ...(['command.answered:GenerateShoppingList', 'commit.committed', 'consumer.taken'] as const),
      ...(['consumer.moved:mealplans', 'consumer.written:recipes', 'consumer.committed', 'relay.marked'] as const),
    ),
    one(
      'notifications',
      ...(['command.accepted:AnnounceMealPlan', 'command.done:AnnounceMealPlan'] as const),
      ...(['command.answered:AnnounceMealPlan', 'consumer.written:shopping'] as const),
    ),
  ],
  [
    provoked(
      rebuilt,
      'recipes',
      ...(['rebuild.filled', 'rebuild.compared', 'rebuild.paused', 'rebuild.caught-up', 'rebuild.swapped'] as const),
    ),
  ],
  [
    provoked(
      left,
      'blog',
      ...(['command.accepted:EraseUserData', 'command.part', 'command.answered:EraseUserData'] as const),
    ),
  ],
];

/** Every crash point, at least once. */
export const crashes: Crashes = {
  sideBySide: byThemselves,
  alone: [
    provoked(refused, 'users', 'command.declined:ValidateUser'),
    provoked(left, 'users', 'saga.here:closeAccount', 'saga.heard:eraseEverywhere'),
    provoked(left, 'users', 'saga.here:sweep'),
    provoked(passedOver, 'shopping', 'consumer.fetched'),
    provoked(tailLost, 'shopping', 'relay.restoring'),
    provoked(poisoned, 'shopping', 'park.written:recipes', 'park.committed'),
    provoked(discarded, 'shopping', 'discard.noted'),
    provoked(discarded, 'shopping', 'redrive.taken'),
    provoked(discarded, 'shopping', 'redrive.written'),
    provoked(discarded, 'shopping', 'redrive.committed'),
    {
      deaths: [
        { process: 'shopping', points: ['command.undo-accepted', 'command.undone', 'command.undo-answered'] },
        {
          process: 'mealplans',
          points: [
            'saga.undo-asked:GenerateShoppingList',
            'saga.undo-here:savePending',
            'saga.undo-heard:GenerateShoppingList',
          ],
        },
      ],
      provoke: unheard,
    },
  ],
};
