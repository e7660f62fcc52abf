import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../src/logs.ts';
import { isRunning, startTime } from '../src/process-identity.ts';
import { supervise } from '../src/processes.ts';
import type { Supervised } from '../src/processes.ts';
import { startWatchdog } from '../src/watchdog.ts';
import type { Watchdog } from '../src/watchdog.ts';

let folder: string;
let watchdog: Watchdog;
let started: Supervised[];
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mealprep360-processes-'));
  watchdog = startWatchdog();
  started = [];
  told = [];
});
afterEach(async () => {
  await Promise.all(started.map(one => one.stop(1000)));
  watchdog.quit();
  await rm(folder, { recursive: true, force: true });
});

const within = { timeout: 10_000, interval: 20 };

/** Runs a script of Node under supervision, with quick restarts. */
async function run(script: string): Promise<Supervised> {
  const file = join(folder, `program-${started.length}.mjs`);
  await writeFile(file, script);
  const program = { name: 'program', command: process.execPath, args: [file], env: process.env, port: null };
  const report = (line: string) => void told.push(line);
  const surroundings = { logs: folder, cwd: folder, watchdog, onChange: () => undefined, report };
  const supervised = supervise({ ...program, rank: 'service', firstDelay: 20 }, surroundings);
  started.push(supervised);
  return supervised;
}

const log = () => readFile(join(folder, 'program.log'), 'utf8').catch(() => '');
const lines = async () => (await log()).split('\n').filter(Boolean);

describe('a supervised process', () => {
  it('is started again when it dies, and the death is told with the log’s place', async () => {
    const program = await run('console.log("up"); setInterval(() => {}, 1000);');
    program.settled();
    await expect.poll(lines, within).toEqual(['up']);
    const before = program.pid();
    program.kill('SIGKILL');
    await expect.poll(lines, within).toEqual(['up', 'up']);
    expect(program.pid()).not.toBe(before);
    expect(told).toEqual([`program ended (killed by SIGKILL); it is started again in 0.02 s. Its log: ${program.log}`]);
  });

  it('that is held stays away until it is released', async () => {
    const program = await run('console.log("up"); setInterval(() => {}, 1000);');
    program.settled();
    await expect.poll(lines, within).toEqual(['up']);
    program.hold('SIGKILL');
    await expect.poll(program.pid, within).toBeNull();
    expect(told).toEqual([]);
    program.release();
    await expect.poll(lines, within).toEqual(['up', 'up']);
  });

  it('waits twice as long after each death in a row', async () => {
    const program = await run('process.exit(3);');
    program.settled();
    await expect.poll(() => told.length, within).toBeGreaterThan(3);
    expect(told.slice(0, 4).map(line => /again in (.*) s\./.exec(line)?.[1])).toEqual(['0.02', '0.04', '0.08', '0.16']);
  });

  it('that never gets up is a failure, told with its last lines', async () => {
    const program = await run('console.error("no such database"); process.exit(7);');
    await expect(program.failed).rejects.toThrow(/program did not start \(exit code 7\)/);
    await expect(program.failed).rejects.toMatchObject({ cause: '  program | no such database\n' });
    expect(program.pid()).toBeNull();
  });

  it('whose program does not exist is a failure too', async () => {
    const program = { name: 'none', command: join(folder, 'none'), args: [], env: {}, port: null };
    const surroundings = { logs: folder, cwd: folder, watchdog, onChange: () => undefined, report: () => undefined };
    const none = supervise({ ...program, rank: 'service' }, surroundings);
    started.push(none);
    await expect(none.failed).rejects.toThrow(/none did not start \(spawn .*ENOENT\)/);
  });

  it('may end in its own time when it is stopped, and is not started again', async () => {
    const goodbye = 'process.on("SIGTERM", () => setTimeout(() => { console.log("bye"); process.exit(0); }, 100));';
    const program = await run(`${goodbye} console.log("up"); setInterval(() => {}, 1000);`);
    program.settled();
    await expect.poll(lines, within).toEqual(['up']);
    await program.stop(10_000);
    expect(await lines()).toEqual(['up', 'bye']);
    expect(program.pid()).toBeNull();
  });

  it('is killed with all that it started when it does not end', async () => {
    const child = `spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).pid`;
    const deaf = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);';
    const program = await run(`import { spawn } from 'node:child_process'; ${deaf} console.log(${child});`);
    program.settled();
    await expect.poll(lines, within).toHaveLength(1);
    const grandchild = Number((await lines())[0]);
    const identity = { pid: grandchild, startTime: startTime(grandchild) };
    expect(isRunning(identity)).toBe(true);
    await program.stop(100);
    await expect.poll(() => isRunning(identity), within).toBe(false);
  });
});

describe('the watchdog', () => {
  it('ends what a killed launcher left running, and nothing that had ended before', async () => {
    const launcher = join(folder, 'launcher.mjs');
    const watchdogFile = JSON.stringify(import.meta.resolve('../src/watchdog.ts'));
    await writeFile(
      launcher,
      `import { spawn } from 'node:child_process';
       import { startWatchdog } from ${watchdogFile};
       const watchdog = startWatchdog();
       const start = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
       const [watched, forgotten] = [start(), start()];
       for (const child of [watched, forgotten]) watchdog.watch(child.pid, 2);
       watchdog.forget(forgotten.pid);
       process.send([watched.pid, forgotten.pid]);`,
    );
    const child = fork(launcher, { stdio: 'ignore' });
    const [pids] = (await once(child, 'message')) as [number[]];
    const [watched, forgotten] = pids.map(pid => ({ pid, startTime: startTime(pid) }));
    if (!watched || !forgotten) throw new Error('the launcher tells two pids');
    child.kill('SIGKILL');
    await expect.poll(() => isRunning(watched), within).toBe(false);
    expect(isRunning(forgotten)).toBe(true);
    process.kill(forgotten.pid, 'SIGKILL');
  });
});

describe('a log', () => {
  it('is rotated by size and keeps its last lines at hand', async () => {
    const own = openLog(folder, 'chatty');
    for (let i = 0; i < 12; i++) {
      own.write(`${'x'.repeat(1e6)}\n`);
    }
    for (let i = 0; i < 40; i++) own.write(`line ${i}\n`);
    expect(own.tail().at(-1)).toBe('line 39');
    expect(own.tail()).toHaveLength(30);
    await own.close();
    const [first, second] = await Promise.all(['chatty.1.log', 'chatty.log'].map(name => readFile(join(folder, name))));
    expect(first?.length).toBeGreaterThanOrEqual(1e7);
    expect(second?.toString()).toMatch(/line 39\n$/);
  });

  it('goes on where an earlier run ended', async () => {
    appendFileSync(join(folder, 'old.log'), 'before\n');
    const own = openLog(folder, 'old');
    own.write('after\n');
    await own.close();
    expect(await readFile(join(folder, 'old.log'), 'utf8')).toBe('before\nafter\n');
  });
});
