import { availableParallelism } from 'node:os';
import { SingleBar } from 'cli-progress';
import { readArguments, usage } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import type { Progress } from './first-start.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { Obstacle } from './obstacle.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

// npm passes a terminal's Ctrl-C on, so one press arrives twice
const samePress = 500;

/** `npm start`: the whole life of a house, from the command line to the exit code. `root` is another repository in tests. */
export async function launch(argv: string[], root?: string): Promise<number> {
  try {
    const args = readArguments(argv, process.cwd());
    if (args.help) say(usage);
    else await live(args, root);
    return 0;
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    if (typeof error.cause === 'string') process.stderr.write(error.cause);
    process.stderr.write(`mealprep360: ${error.message}\n`);
    return 1;
  }
}

/** Starts the house, waits until it is told to stop, and stops it. */
async function live(args: Arguments, root: string | undefined): Promise<void> {
  const started = Date.now();
  let killAll = (): void => undefined;
  const stopping = untilStopped(() => killAll());
  const own = root === undefined ? {} : { root };
  const options = { ...args, ...own, report: say, progress: progressBar(), signal: stopping.signal };
  try {
    const house = await startHouse({ ...options, onKillable: how => (killAll = how) });
    announce(house, args, (Date.now() - started) / 1000);
    await stopping.stopped;
    say('Stopping: gateway, BFF, services, Redis, MongoDB … (once more ends them at once)');
    await house.stop();
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  }
  say('Stopped.');
}

/** The first signal, or the end of the process that started this one, asks to stop; a second signal kills. */
function untilStopped(kill: () => void): { signal: AbortSignal; stopped: Promise<void> } {
  const stop = new AbortController();
  const stopped = new Promise<void>(resolve => stop.signal.addEventListener('abort', () => resolve()));
  let pressed = 0;
  const press = () => {
    if (stop.signal.aborted && Date.now() - pressed > samePress) {
      kill();
      process.exit(130);
    }
    if (!stop.signal.aborted) pressed = Date.now();
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, press);
  process.on('disconnect', () => stop.abort());
  // a closed terminal must not end it before the databases are stopped
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return { signal: stop.signal, stopped };
}

/** A bar on a terminal, a line each quarter elsewhere. */
function progressBar(): Progress {
  if (!process.stdout.isTTY) {
    let quarter = -1;
    return (what, done, total) => {
      const now = Math.floor((4 * done) / total);
      if (now > quarter) say(`${what}: ${done} of ${total}`);
      quarter = now;
    };
  }
  const bar = new SingleBar({ format: '{what} [{bar}] {value} of {total}', clearOnComplete: false });
  return (what, done, total) => {
    if (done === 0) bar.start(total, 0, { what });
    bar.update(done, { what });
    if (done === total) bar.stop();
  };
}

function announce(house: House, { portBase, data, production }: Arguments, seconds: number): void {
  const gateway = `http://127.0.0.1:${portBase}`;
  const account =
    house.demo === null ? [] : [`  demo account   ${house.demo.email}  ${house.demo.password}  (an operator)`];
  const ide = production ? [] : [`  Sandbox        ${gateway}/`, `  GraphiQL       ${gateway}/graphiql`];
  const lines = [
    `MealPrep360 is ready after ${seconds.toFixed(1)} s on ${availableParallelism()} cores.`,
    `  graph          ${house.graph}`,
    `  screens        ${house.bff}/`,
    ...ide,
    `  health         ${gateway}/health/databases`,
    ...account,
    `  logs           ${data}/logs`,
    'Ctrl-C stops it.',
  ];
  say(lines.join('\n'));
}
