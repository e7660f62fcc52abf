import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadKeys } from '@mealprep360/service/tokens';
import { gatherCrew } from './crew.ts';
import type { Crew } from './crew.ts';
import { openDataFolder } from './data-folder.ts';
import type { DemoAccount } from './demo-account.ts';
import { bffEnvironment, gatewayEnvironment, roomEnvironment, urlOf } from './environment.ts';
import { ensureDemoAccount, ensureRecipes } from './first-start.ts';
import type { Progress } from './first-start.ts';
import { prepareKeys } from './keys.ts';
import { Obstacle } from './obstacle.ts';
import { assertFree } from './ports.ts';
import type { Program } from './processes.ts';
import { untilAllAnswer, untilReady } from './readiness.ts';
import { bff, gatewayProgram, readRooms } from './rooms.ts';
import type { Room } from './rooms.ts';
import { removeRun } from './run-file.ts';
import type { Run } from './run-file.ts';
import { cacheFolder, findServer } from './servers/find.ts';
import type { Found, Report } from './servers/kind.ts';
import { mongod } from './servers/mongod.ts';
import { redisServer } from './servers/redis-server.ts';
import { askAs } from './shipped-recipes.ts';
import { startStores } from './stores.ts';

export interface HouseOptions {
  portBase: number;
  /** absolute path of the data folder */
  data: string;
  /** a MongoDB for each service */
  isolate?: boolean;
  /** no introspection, no IDE, no demo account */
  production?: boolean;
  /** deletes what was in the data folder */
  fresh?: boolean;
  report?: Report;
  progress?: Progress;
  /** more environment for one process, by its name (`gateway`, `recipes` …) */
  env?: (process: string) => Record<string, string>;
  /** ends a start that is under way: what was started is stopped, and the start throws the signal's reason */
  signal?: AbortSignal;
  /** called as soon as there is something to kill, long before the house is ready */
  onKillable?: (killAll: () => void) => void;
  /** the repository; only tests of the launcher have another */
  root?: string;
}

export interface House {
  graph: string;
  /** the doors of the frontends */
  bff: string;
  /** what stands in run.json now */
  run: () => Run | undefined;
  demo: DemoAccount | null;
  /** sends a signal to one process, by its name in run.json */
  kill: (process: string, signal: NodeJS.Signals) => void;
  /** sends a signal to one process, and keeps it from being started again until it is released */
  hold: (process: string, signal: NodeJS.Signals) => void;
  /** what was held goes on, or is started again */
  release: (process: string) => void;
  /** gateway, BFF, subgraphs, Redis, MongoDB: each drains for at most 10 s, then it is killed */
  stop: () => Promise<void>;
}

type Plan = Required<Omit<HouseOptions, 'onKillable'>> & {
  rooms: Room[];
  servers: { mongod: Found; redis: Found };
  crew: Crew;
};

/** Starts the whole house and resolves when it is ready. A start that fails throws, and leaves nothing running. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const settings = withDefaults(options);
  const { data, portBase, isolate, signal } = settings;
  const rooms = await readRooms(settings.root);
  const servers = await findServers(settings);
  const written = { mongodb: writerOf(servers.mongod), redis: writerOf(servers.redis) };
  signal.throwIfAborted();
  const lock = await openDataFolder({ folder: data, fresh: settings.fresh, isolate, ...written });
  const crew = gatherCrew(data, settings.root, settings.report);
  options.onKillable?.(crew.killAll);
  const stop = async () => {
    await crew.takeDown();
    await removeRun(data);
    await lock.release();
  };
  try {
    await removeRun(data);
    await assertFree(portsOf(portBase, rooms));
    const demo = await orAborted(signal, furnish({ ...settings, rooms, servers, crew }));
    return {
      graph: graphOf(settings),
      bff: bffOf(settings),
      run: crew.run,
      demo,
      kill: (name, how) => crew.find(name)?.kill(how),
      hold: (name, how) => crew.find(name)?.hold(how),
      release: name => crew.find(name)?.release(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the stores, then the services and the gateway, and loads what a first start loads. */
async function furnish(plan: Plan): Promise<DemoAccount | null> {
  const { data, rooms, production, crew, report, signal } = plan;
  const names = rooms.map(({ name }) => name);
  const [keys, stores] = await Promise.all([
    prepareKeys(join(data, 'keys'), [...new Set(['users', 'gateway', 'dev-env', ...names])]),
    startStores({
      ...plan,
      ...plan.servers,
      folder: data,
      others: ['gateway', 'dev-env'],
      durable: true,
      start: crew.start,
    }),
  ]);
  const run = { graph: graphOf(plan), bff: bffOf(plan), mongodb: stores.mongodb, redis: stores.redis };
  await crew.tell({ ready: false, ...run });
  report(`MongoDB and Redis are up. Starting ${[...names, 'bff', 'gateway'].join(', ')} …`);
  const services = programs(plan, { portBase: plan.portBase, production, rooms, stores, keys }).map(crew.start);
  await Promise.all(services.map(service => untilReady(service, signal)));
  const ask = askAs(await loadKeys(keys.signing('dev-env'), keys.public), subgraphUrls(plan));
  const first = { ...plan, folder: data, graph: run.graph, ask };
  await ensureRecipes(first);
  for (const gateway of services.filter(({ rank }) => rank === 'gateway')) {
    await untilAllAnswer(run.graph, plan, keys, gateway, signal);
  }
  const demo = await ensureDemoAccount(first);
  await crew.tell({ ready: true, ...run });
  return demo;
}

function programs(plan: Plan, environment: Parameters<typeof gatewayEnvironment>[0]): Program[] {
  const { rooms, portBase, env } = plan;
  const program = (name: string, file: string, portOffset: number, own: Record<string, string>): Program => ({
    name,
    command: process.execPath,
    args: [join(plan.root, file)],
    env: { ...own, ...env(name) },
    port: portBase + portOffset,
    rank: name === 'gateway' || name === 'bff' ? name : 'service',
  });
  return [
    ...rooms.map(room => program(room.name, room.program, room.portOffset, roomEnvironment(environment, room))),
    program('bff', bff.program, bff.portOffset, bffEnvironment(environment)),
    program('gateway', gatewayProgram, 0, gatewayEnvironment(environment)),
  ];
}

async function findServers({ isolate, report, signal }: Pick<Plan, 'isolate' | 'report' | 'signal'>) {
  const search = { env: process.env, cache: cacheFolder(process.env), report, signal };
  const [mongodb, redis] = await Promise.all([findServer(mongod, search), findServer(redisServer, search)]);
  if (isolate && 'address' in mongodb) {
    throw new Obstacle('--isolate starts a MongoDB for each service: it cannot use the one in MONGODB_URI.');
  }
  return { mongod: mongodb, redis };
}

/** Who writes the data: another major version may not understand it. */
function writerOf(found: Found): string | null {
  return 'address' in found ? null : `${found.product} ${found.version.split('.')[0] ?? ''}`;
}

function portsOf(portBase: number, rooms: Room[]): { name: string; port: number }[] {
  const services = rooms.map(({ name, portOffset }) => ({ name, port: portBase + portOffset }));
  return [{ name: 'gateway', port: portBase }, { name: 'bff', port: portBase + bff.portOffset }, ...services];
}

const graphOf = (at: Pick<Plan, 'portBase'>) => `${urlOf(at, 0)}/graphql`;

const bffOf = (at: Pick<Plan, 'portBase'>) => urlOf(at, bff.portOffset);

const subgraphUrls = (plan: Plan) =>
  Object.fromEntries(plan.rooms.map(({ name, portOffset }) => [name, `${urlOf(plan, portOffset)}/graphql`]));

async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => aborted.reject(signal.reason));
  if (signal.aborted) aborted.reject(signal.reason);
  return Promise.race([work, aborted.promise]);
}

function withDefaults(options: HouseOptions): Omit<Plan, 'rooms' | 'servers' | 'crew'> {
  return {
    isolate: false,
    production: false,
    fresh: false,
    report: () => undefined,
    progress: () => undefined,
    env: () => ({}),
    signal: new AbortController().signal,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    ...options,
  };
}
