import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { services, startChaosHouse, type ChaosHouse } from './chaos-house.ts';
import { check } from './checker/check.ts';
import { allSaid, openEvidence } from './checker/evidence.ts';
import { shareActive } from './checker/promises.ts';
import { untilQuiet } from './checker/quiet.ts';
import { timelines } from './checker/timeline.ts';
import { crash } from './crashes/crash.ts';
import type { Crashes, Group } from './crashes/groups.ts';
import { injectors } from './faults/all.ts';
import type { Scene } from './faults/fault.ts';
import { discardPoison } from './faults/poison.ts';
import { startLoad, type Load } from './load.ts';
import { startProbe, type Probe } from './probe.ts';
import { random } from './random.ts';
import type { Done, Result } from './report.ts';

export interface ChaosOptions {
  seed: number;
  /** at least so many plans are asked for */
  sagas: number;
  /** so many faults besides the crash points */
  faults: number;
  /** processes that die at their points */
  crashes: Crashes;
  /** kinds of faults; all of them when not told */
  kinds?: readonly string[];
  /** how often in a hundred deeds somebody leaves; now and then when not told */
  leaving?: number;
  /** milliseconds until what is still under way counts as never ending */
  patience?: number;
  /** for all processes of the house */
  environment?: Record<string, string>;
  say: (line: string) => void;
}

const PATIENCE = 120_000;
/** of so many failed sagas it is told where their time went */
const TIMELINES = 5;

/** Starts a house, lets people use it while things break, mends everything, and looks whether all holds. */
export async function runChaos(options: ChaosOptions): Promise<Result> {
  const house = await startChaosHouse(options.say, options.environment);
  const scene = await sceneOf(house, options.seed);
  try {
    const load = await startLoad(house.graph, random(options.seed + 1), options.leaving);
    const probe = await startProbe(house.graph, load.world.shipped[0] ?? '');
    options.say('people have signed up, it begins');
    return await rage(options, scene, load, probe);
  } finally {
    scene.redis.disconnect();
    await scene.mongodb.close();
    await house.end();
  }
}

async function sceneOf(house: ChaosHouse, seed: number): Promise<Scene> {
  const redis = new Redis(house.redis, { replyMapping: 'legacy' });
  // a fault makes it fail, and it connects again by itself
  redis.on('error', () => undefined);
  const mongodb = await new mongoose.mongo.MongoClient(house.mongodb).connect();
  return { house, random: random(seed), redis, mongodb, poison: [] };
}

async function rage(options: ChaosOptions, scene: Scene, load: Load, probe: Probe): Promise<Result> {
  const began = performance.now();
  const crashes: string[] = [];
  const faults: Done[] = [];
  let raging = true;
  const { plans } = load.journal;
  const driven = load.drive(() => !raging && plans.size >= options.sagas);
  try {
    await crashAll(options, scene, load, crashes);
    const kinds = kindsOf(options, scene);
    for (const kind of kinds) {
      faults.push(await disturb(kind, scene, probe));
      options.say(`${faults.length}/${kinds.length} ${kind} (${faults.at(-1)?.target ?? ''}), ${plans.size} sagas`);
    }
  } finally {
    raging = false;
  }
  await driven;
  const ended = performance.now();
  for (const service of scene.poison.length > 0 ? (['shopping', 'mealplans'] as const) : []) {
    await discardPoison(scene, service);
  }
  const { house, poison } = scene;
  const evidence = await openEvidence(house.mongodb, house.redis);
  try {
    const open = await untilQuiet(evidence, options.patience ?? PATIENCE);
    const quietAfter = performance.now() - ended;
    for (const { mark, comeBack } of load.journal.left) {
      if (await comeBack()) load.journal.surprises.push(`${mark} was erased, and wrote`);
    }
    return {
      ...{ seed: options.seed, faults, crashes, open, quietAfter },
      seconds: (performance.now() - began) / 1000,
      plans: await shareActive(evidence, load.journal),
      timelines: await timelines(evidence, await allSaid(evidence), TIMELINES),
      operations: load.journal.done,
      violations: await check(evidence, { journal: load.journal, poison, data: house.data }),
    };
  } finally {
    await evidence.close();
  }
}

/** Lines of processes die side by side, then one group after the other. */
async function crashAll({ crashes, say }: ChaosOptions, scene: Scene, load: Load, crashed: string[]): Promise<void> {
  const inTurn = async (groups: readonly Group[]): Promise<void> => {
    for (const group of groups) {
      const points = await crash(scene, load, group);
      crashed.push(...points);
      say(`died at ${points.join(', ')}; ${load.journal.plans.size} sagas`);
    }
  };
  await Promise.all(crashes.sideBySide.map(inTurn));
  await inTurn(crashes.alone);
}

/** So many kinds in the order of the seed: each comes once before any comes again. */
function kindsOf({ faults, kinds = Object.keys(injectors) }: ChaosOptions, { random: by }: Scene): string[] {
  const rounds = Math.ceil(faults / kinds.length);
  return Array.from({ length: rounds }, () => by.shuffled(kinds))
    .flat()
    .slice(0, faults);
}

/** Does a fault for one to five seconds, and waits until those whom it hindered take writes again. */
async function disturb(kind: string, scene: Scene, probe: Probe): Promise<Done> {
  const fault = await injectors[kind]?.(scene);
  if (fault === undefined) throw new Error(`there is no fault ${kind}`);
  const reads = probe.read(fault.hinders);
  await pause(scene.random.between(1000, 5000));
  await fault.end();
  const isStore = fault.hinders.length === services.length;
  const recovery = await probe.recovery(isStore ? ['recipes', 'mealplans'] : fault.hinders);
  return { kind, target: fault.target, recovery, reads: await reads() };
}
