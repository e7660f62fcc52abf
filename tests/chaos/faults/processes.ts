import { services } from '../chaos-house.ts';
import { fell, released, type Injector } from './fault.ts';

/** A process dies at once, or ends in order, and is started again when the fault ends. */
const ended =
  (signal: 'SIGKILL' | 'SIGTERM'): Injector =>
  async ({ house, random }) => {
    const target = random.pick(services);
    await fell(house, target, signal);
    return { target, hinders: [target], end: released(house, target) };
  };

/** A process stands still, with all its connections open. */
const frozen: Injector = ({ house, random }) => {
  const target = random.pick(services);
  house.hold(target, 'SIGSTOP');
  return Promise.resolve({ target, hinders: [target], end: released(house, target) });
};

const gatewayKilled: Injector = async ({ house }) => {
  await fell(house, 'gateway', 'SIGKILL');
  return { target: 'gateway', hinders: services, end: released(house, 'gateway') };
};

/** Two processes of one service at once: two relays, two readers, two orchestrators, one of them slower. */
const twin: Injector = async ({ house, random }) => {
  const target = random.pick(['mealplans', 'shopping', 'recipes'] as const);
  const second = `${target}-2`;
  if (house.run()?.processes.some(({ name }) => name === second)) house.release(second);
  else await house.twin(target);
  // the one that holds the lease of the relay stands still, and goes on when the other one has it
  house.hold(target, 'SIGSTOP');
  return {
    target,
    hinders: [target],
    end: async () => {
      house.release(target);
      await fell(house, second, 'SIGKILL');
    },
  };
};

/** The clock of one service is two hours off. */
const clockSkew: Injector = async ({ house, random }) => {
  const target = random.pick(services);
  const skew = random.pick([-7_200_000, 7_200_000]);
  const hook = new URL('../skewed-clock.ts', import.meta.url).href;
  house.arm(target, { NODE_OPTIONS: `--import=${hook}`, CLOCK_SKEW: String(skew) });
  await fell(house, target, 'SIGTERM');
  house.release(target);
  return {
    target: `${target} ${skew > 0 ? '+' : '-'}2 h`,
    hinders: [target],
    end: async () => {
      house.arm(target, {});
      await fell(house, target, 'SIGKILL');
      house.release(target);
    },
  };
};

export const processFaults = {
  'process killed': ended('SIGKILL'),
  'process stopped': ended('SIGTERM'),
  'process frozen': frozen,
  'gateway killed': gatewayKilled,
  'two processes of a service': twin,
  'clock off by two hours': clockSkew,
};
