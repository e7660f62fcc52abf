import { PARTITIONS } from '@mealprep360/contracts/envelope';
import { services, type Service } from '../chaos-house.ts';
import { fell, released, until, type Injector, type Scene } from './fault.ts';

const nothing = () => Promise.resolve();

/** Redis dies and comes back with nothing in it. */
const killed: Injector = async ({ house, redis }) => {
  await fell(house, 'redis', 'SIGKILL');
  return {
    target: 'redis',
    hinders: ['mealplans'],
    end: async () => {
      house.release('redis');
      await until('Redis is back', async () => (await redis.ping().catch(() => '')) === 'PONG');
    },
  };
};

const frozen: Injector = ({ house }) => {
  house.hold('redis', 'SIGSTOP');
  return Promise.resolve({
    target: 'redis',
    hinders: ['mealplans'],
    end: released(house, 'redis'),
  });
};

/** Everything in it is gone, and no connection tells. */
const flushed: Injector = async ({ redis }) => {
  await redis.flushall();
  return { target: 'redis', hinders: ['mealplans'], end: nothing };
};

/** It takes nothing more: out of memory. */
const full: Injector = async ({ redis }) => {
  await redis.config('SET', 'maxmemory', '1mb');
  return {
    target: 'redis',
    hinders: ['mealplans'],
    end: async () => {
      await redis.config('SET', 'maxmemory', '0');
    },
  };
};

export const streamsOf = (service: Service): string[] =>
  Array.from({ length: PARTITIONS }, (_, partition) => `{${service}}:events:${partition}`);

/** Entries vanish from the middle of streams: whoever has not read them yet finds gaps. */
async function punchHoles({ redis, random }: Scene, service: Service): Promise<void> {
  for (const stream of streamsOf(service)) {
    const entries = await redis.xrevrange(stream, '+', '-', 'COUNT', 20);
    const ids = entries.map(([id]) => id).filter(() => random.chance(0.5));
    if (ids.length > 0) await redis.xdel(stream, ...ids);
  }
}

/** Somebody stands still while events that they have not read vanish from the bus. */
const holes: Injector = scene => {
  const { house, random } = scene;
  const reader = random.pick(['shopping', 'mealplans', 'notifications'] as const);
  house.hold(reader, 'SIGSTOP');
  return Promise.resolve({
    target: `what ${reader} hears`,
    hinders: [reader],
    end: async () => {
      for (const service of services) await punchHoles(scene, service);
      house.release(reader);
    },
  });
};

export const redisFaults = {
  'Redis killed, back empty': killed,
  'Redis frozen': frozen,
  'Redis flushed': flushed,
  'Redis out of memory': full,
  'holes in the streams': holes,
};
