import { members, services } from '../chaos-house.ts';
import type { Disturbance } from '../fault-proxy.ts';
import type { Injector } from './fault.ts';

/** Something goes wrong between one service and a store, or between one service and all who ask it. */
const disturbed =
  (disturb: (random: { between: (least: number, most: number) => number }) => Disturbance): Injector =>
  ({ house, random }) => {
    const service = random.pick(services);
    const way = random.pick(['MongoDB', 'Redis', 'others'] as const);
    const proxies = { MongoDB: members, Redis: ['redis'], others: [service] }[way].map(name => house.proxy(name));
    const disturbance = disturb(random);
    const calm = proxies.map(proxy => proxy.disturb(disturbance, way === 'others' ? null : service));
    return Promise.resolve({
      target: `${service} and ${way}`,
      hinders: [service],
      end: () => {
        for (const end of calm) end();
        return Promise.resolve();
      },
    });
  };

/** The answer of a service, or of a store to it, is lost after the work was done. */
const replyLost: Injector = ({ house, random }) => {
  const service = random.pick(services);
  const lose = random.pick([
    { to: 'XADD', proxy: 'redis', client: service },
    { to: 'xadd', proxy: 'redis', client: service },
    { to: '/internal/events/', proxy: service, client: null },
    { to: 'POST /graphql', proxy: service, client: null },
  ]);
  const calm = house.proxy(lose.proxy).disturb({ kind: 'lose-reply', to: lose.to }, lose.client);
  return Promise.resolve({
    target: `${lose.to} of ${service}`,
    hinders: [service],
    end: () => {
      calm();
      return Promise.resolve();
    },
  });
};

export const networkFaults = {
  'connections cut': disturbed(() => ({ kind: 'cut' })),
  'connections slow': disturbed(random => ({ kind: 'delay', milliseconds: random.between(50, 600) })),
  'connections half-open': disturbed(() => ({ kind: 'half-open' })),
  'reply lost': replyLost,
};
