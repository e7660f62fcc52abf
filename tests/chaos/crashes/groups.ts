import type { CrashPoint } from '@mealprep360/events/crash-points';
import { loadKeys, signAccess } from '@mealprep360/service/tokens';
import { join } from 'node:path';
import type { Service } from '../chaos-house.ts';
import type { Scene } from '../faults/fault.ts';
import { discardPoison, poisonRecipes, untilParked } from '../faults/poison.ts';
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
const unheard = async ({ house }: Scene, load: Load): Promise<() => Promise<void>> => {
  const resume = await load.pause();
  const calm = [
    house.proxy('redis').disturb({ kind: 'cut' }, 'mealplans'),
    house.proxy('shopping').disturb({ kind: 'cut' }, null),
  ];
  const planned = load.plan().catch(() => undefined);
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
  await load.planAs(await signAccess(keys, nobody));
};

const one = (process: Service, ...points: Point[]): Group => ({ deaths: [{ process, points }] });
const provoked = (provoke: NonNullable<Group['provoke']>, process: Service, ...points: Point[]): Group => ({
  deaths: [{ process, points }],
  provoke,
});

/** Every crash point, at least once. */
export const groups: readonly Group[] = [
  one('mealplans', 'commit.written', 'saga.here:savePending', 'saga.asked:ValidateUser', 'saga.heard:ValidateUser'),
  one('mealplans', 'saga.asked:GenerateShoppingList', 'saga.heard:GenerateShoppingList', 'saga.moved'),
  one('mealplans', 'saga.here:confirm', 'saga.asked:AnnounceMealPlan', 'relay.numbered'),
  one('users', 'command.accepted:ValidateUser', 'command.done:ValidateUser', 'command.answered:ValidateUser'),
  one('users', 'relay.published'),
  one('shopping', 'command.accepted:GenerateShoppingList', 'command.done:GenerateShoppingList'),
  one(
    'shopping',
    'command.answered:GenerateShoppingList',
    'commit.committed',
    'consumer.taken',
    'consumer.moved:mealplans',
  ),
  one('shopping', 'consumer.written:recipes', 'consumer.committed', 'relay.marked'),
  one('notifications', 'command.accepted:AnnounceMealPlan', 'command.done:AnnounceMealPlan'),
  one('notifications', 'command.answered:AnnounceMealPlan', 'consumer.written:shopping'),
  provoked(refused, 'users', 'command.declined:ValidateUser'),
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
];
