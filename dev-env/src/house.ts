import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadKeys } from '@mealprep360/service/tokens';
import { gatherCrew } from './crew.ts';
import type { Crew } from './crew.ts';
import { openDataFolder } from './data-folder.ts';
import type { DemoAccount } from './demo-account.ts';
import { urlOf } from './environment.ts';
import { ensureDemoAccount, ensureRecipes } from './first-start.ts';
import type { Progress } from './first-start.ts';
import { prepareKeys } from './keys.ts';
import { Obstacle } from './obstacle.ts';
import { assertFree } from './ports.ts';
import { programs, twinOf } from './programs.ts';
import type { ProgramOptions } from './programs.ts';
import { untilAllAnswer, untilReady } from './readiness.ts';
import { bff, readRooms } from './rooms.ts';
import type { Room } from './rooms.ts';
import { removeRun } from './run-file.ts';
import type { Run } from './run-file.ts';
import { cacheFolder, findServer } from './servers/find.ts';
import type { Found, Report } from './servers/kind.ts';
import { mongod } from './servers/mongod.ts';
import { redisServer } from './servers/redis-server.ts';
import { askAs } from './shipped-recipes.ts';
import { startStores } from './stores.ts';
import type { Route } from './stores.ts';

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
  /** more environment for one process, by its name (`gateway`, `recipes` …); asked anew whenever it is started */
  env?: (process: string) => Record<string, string>;
  /** false: a Redis that is killed comes back empty (tests) */
  durable?: boolean;
  /** how many servers MongoDB's replica set has: more than one only in tests, on a fresh data folder */
  members?: number;
  /** tells all others another port of a server or room: that of a proxy which a test puts before it */
  route?: Route;
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
  /** a second process of a room, named `<room>-2`, until the house stops; resolves when it is ready */
  twin: (room: string) => Promise<void>;
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
    const { demo, parts } = await orAborted(signal, furnish({ ...settings, rooms, servers, crew }));
    return {
      graph: graphOf(settings),
      bff: bffOf(settings),
      run: crew.run,
      demo,
      kill: (name, how) => crew.find(name)?.kill(how),
      hold: (name, how) => crew.find(name)?.hold(how),
      release: name => crew.find(name)?.release(),
      twin: async name => {
        const room = rooms.find(one => one.name === name);
        if (room === undefined) throw new Error(`the house has no room ${name}`);
        await untilReady(crew.start(await twinOf(parts, room)), signal);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the stores, then the services and the gateway, and loads what a first start loads. */
async function furnish(plan: Plan): Promise<{ demo: DemoAccount | null; parts: ProgramOptions }> {
  const { data, portBase, rooms, production, crew, report, signal } = plan;
  const names = rooms.map(({ name }) => name);
  const [keys, stores] = await Promise.all([
    prepareKeys(join(data, 'keys'), [...new Set(['users', 'gateway', 'dev-env', 'ops', ...names])]),
    startStores({
      ...plan,
      ...plan.servers,
      folder: data,
      others: ['gateway', 'dev-env'],
      start: crew.start,
    }),
  ]);
  const run = { graph: graphOf(plan), bff: bffOf(plan), mongodb: stores.mongodb, redis: stores.redis };
  await crew.tell({ ready: false, ...run });
  report(`MongoDB and Redis are up. Starting ${[...names, 'bff', 'gateway'].join(', ')} …`);
  const told = new Map<string, number>();
  for (const { name, portOffset } of rooms) told.set(name, await plan.route(name, portBase + portOffset));
  const environment = { portBase, production, rooms, stores, keys, portOf: ({ name }: Room) => told.get(name) };
  const parts = { ...plan, environment };
  const services = programs(parts).map(crew.start);
  await Promise.all(services.map(service => untilReady(service, signal)));
  const ask = askAs(await loadKeys(keys.signing('dev-env'), keys.public), subgraphUrls(plan));
  const first = { ...plan, folder: data, graph: run.graph, ask };
  await ensureRecipes(first);
  for (const gateway of services.filter(({ rank }) => rank === 'gateway')) {
    await untilAllAnswer(run.graph, plan, keys, gateway, signal);
  }
  const demo = await ensureDemoAccount(first);
  await crew.tell({ ready: true, ...run });
  return { demo, parts };
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
    durable: true,
    members: 1,
    route: (_name, port) => Promise.resolve(port),
    signal: new AbortController().signal,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    ...options,
  };
}
