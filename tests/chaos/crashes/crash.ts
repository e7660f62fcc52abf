import { lastWords } from '@mealprep360/events/crash-points';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosHouse, Service } from '../chaos-house.ts';
import { fell, pidOf, until, type Scene } from '../faults/fault.ts';
import type { Load } from '../load.ts';
import type { Group, Point } from './groups.ts';

const PATIENCE = 90_000;
/** milliseconds that a process works before it dies again, where nothing has to be provoked for it */
const WORKS = 3000;

/** Kills a group's processes at their points; throws when one was not reached. Answers the points that were. */
export async function crash(scene: Scene, load: Load, group: Group): Promise<Point[]> {
  const { house, random } = scene;
  const when = group.provoke === undefined ? () => `#${random.between(1, 2)}@${WORKS}` : () => '';
  const dying = group.deaths.map(({ process, points }) => start(house, process, points, when));
  // it is awaited below; one that is never reached must not end this process before the house is ended
  for (const { died } of dying) died.catch(() => undefined);
  await Promise.all(dying.map(({ up }) => up));
  const calm = await group.provoke?.(scene, load);
  try {
    await dying[0]?.died;
  } finally {
    await calm?.();
  }
  await Promise.all(dying.map(({ died }) => died));
  return group.deaths.flatMap(({ points }) => points);
}

/** Starts a process anew with its first point armed, and with the next one after each death. */
function start(
  house: ChaosHouse,
  process: Service,
  points: readonly Point[],
  when: () => string,
): { up: Promise<void>; died: Promise<void> } {
  const before = deathsOf(house, process);
  const arm = (point: Point | undefined): void => {
    house.arm(process, point === undefined ? {} : { CRASH_AT: `${point}${when()}` });
  };
  const begin = async (): Promise<void> => {
    arm(points[0]);
    await fell(house, process, 'SIGKILL');
    house.release(process);
    await until(`${process} is started`, () => pidOf(house, process) !== null);
    arm(points[1]);
    await until(`${process} is up`, async () => (await isReady(house, process)) || deathsOf(house, process) > before);
  };
  const up = begin();
  const die = async (): Promise<void> => {
    await up;
    for (const [index, point] of points.entries()) {
      const words = lastWords(...(point.split(':') as [string, string?]));
      await until(`${process}: ${words}`, () => deathsOf(house, process) > before + index, PATIENCE);
      await until(`${process} is dead`, () => pidOf(house, process) === null);
      house.release(process);
      await until(`${process} is started again`, () => pidOf(house, process) !== null);
      arm(points[index + 2]);
    }
    await until(`${process} is up again`, () => isReady(house, process));
  };
  return { up, died: die() };
}

/** How often a process died at a point so far, by its own last words. */
function deathsOf(house: ChaosHouse, process: Service): number {
  return readFileSync(join(house.data, 'logs', `${process}.log`), 'utf8').split(lastWords('')).length - 1;
}

async function isReady(house: ChaosHouse, process: Service): Promise<boolean> {
  const port = house.run()?.processes.find(({ name }) => name === process)?.port ?? 0;
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(
    () => null,
  );
  return answer?.ok === true;
}
