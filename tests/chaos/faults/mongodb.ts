import { members, services } from '../chaos-house.ts';
import { fell, released, until, type Injector, type Scene } from './fault.ts';

/** Which of the three servers takes writes now. */
async function primaryOf({ mongodb, house }: Scene): Promise<string> {
  const hello = await mongodb.db('admin').command({ hello: 1 });
  const port = Number(String(hello.primary).split(':')[1]);
  const name = members.find(member => house.proxy(member).port === port);
  if (name === undefined) throw new Error(`no member of the replica set is at ${String(hello.primary)}`);
  return name;
}

const steppedDown: Injector = async scene => {
  const target = await primaryOf(scene);
  const command = { replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5, force: true };
  // it may break the connection that asks for it
  await scene.mongodb
    .db('admin')
    .command(command)
    .catch(() => undefined);
  return { target, hinders: services, end: () => Promise.resolve() };
};

const primaryKilled: Injector = async scene => {
  const target = await primaryOf(scene);
  await fell(scene.house, target, 'SIGKILL');
  return { target, hinders: services, end: released(scene.house, target) };
};

const primaryFrozen: Injector = async scene => {
  const target = await primaryOf(scene);
  scene.house.hold(target, 'SIGSTOP');
  return { target, hinders: services, end: released(scene.house, target) };
};

/** A transaction is committed, and the reply that says so is lost. */
const commitUnknown: Injector = async ({ house, random }) => {
  const target = random.pick(services);
  const proxies = members.map(member => house.proxy(member));
  const before = proxies.reduce((sum, proxy) => sum + proxy.lost(), 0);
  const calm = proxies.map(proxy => proxy.disturb({ kind: 'lose-reply', to: 'commitTransaction' }, target));
  const lost = () => proxies.reduce((sum, proxy) => sum + proxy.lost(), 0) > before;
  await until('a reply is lost', lost, 8000).catch(() => undefined);
  return {
    target,
    hinders: [target],
    end: () => {
      for (const end of calm) end();
      return Promise.resolve();
    },
  };
};

export const mongodbFaults = {
  'MongoDB primary stepped down': steppedDown,
  'MongoDB primary killed': primaryKilled,
  'MongoDB primary frozen': primaryFrozen,
  'commit with an unknown result': commitUnknown,
};
