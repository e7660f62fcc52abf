// Brings a clone to the point where Node 24 can run the TypeScript of this repository. Plain JavaScript for Node 20,
// which strips no types. Node 24 is started directly: pnpm in between can lose exit codes and signals.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const node24 = join(root, 'node_modules', 'node', 'bin', 'node');
const pnpmVersion = '10.34.8';
const stampFile = join(root, 'node_modules', '.mealprep360.json');

/** What the person at the terminal can mend: printed as one line, without a stack. */
export class Obstacle extends Error {}

export const say = line => process.stdout.write(`${line}\n`);

/** Runs a main function; an obstacle becomes one line on stderr and exit code 1. */
export async function main(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    process.stderr.write(`mealprep360: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Checks the machine, installs the packages and generates code where either is out of date. */
export async function prepare() {
  checkPlatform();
  await alone(async () => {
    await installPackages();
    await generateCode();
  });
}

export function checkPlatform(platform = process.platform, version = process.versions.node) {
  if (platform === 'win32') throw new Obstacle('on Windows it runs inside WSL2: open a WSL2 shell and start it there.');
  if (platform !== 'linux' && platform !== 'darwin') {
    throw new Obstacle(`runs on Linux and macOS (and Windows through WSL2), not on ${platform}.`);
  }
  if (Number(version.split('.')[0]) < 20) {
    throw new Obstacle(
      `needs Node 20 or newer, this is ${version}: install one from nodejs.org or your package manager.`,
    );
  }
}

async function installPackages() {
  const lock = digest([join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')]);
  if (stamp().packages === lock && existsSync(node24)) return;
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < 1.5e9) {
    throw new Obstacle(
      `the packages need 1.5 GB of disk, ${Math.floor((bavail * bsize) / 1e6)} MB are free in ${root}.`,
    );
  }
  say(`Installing the packages with pnpm ${pnpmVersion} (first start, or pnpm-lock.yaml changed) …`);
  const started = Date.now();
  const reporter = process.stdout.isTTY ? 'default' : 'append-only';
  const args = ['--yes', `pnpm@${pnpmVersion}`, 'install', '--frozen-lockfile', `--reporter=${reporter}`];
  const { code, output } = await runLoudly('npx', args, { CI: 'true' });
  if (code !== 0) throw new Obstacle(whyInstallFailed(output, code));
  if (!existsSync(node24))
    throw new Obstacle('the packages are there but Node 24 is not: delete node_modules, try again.');
  const { output: version } = await run(node24, ['--version']);
  if (!version.startsWith('v24.')) {
    throw new Obstacle(`Node 24 was installed but does not run here (${version.trim().split('\n')[0]}).`);
  }
  setStamp({ packages: lock });
  say(`Packages installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

/** The one line for a failed install, from what pnpm and npm printed. */
export function whyInstallFailed(output, code) {
  if (code === 'ENOENT') return 'npx was not found: install npm (it comes with Node) and try again.';
  if (/ENOSPC|no space left/i.test(output)) return 'the disk is full: free some space and try again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL|network/i.test(output)) {
    return 'the npm package registry cannot be reached: check the network, proxy or `npm config get registry`.';
  }
  if (/EACCES|EPERM/.test(output)) return `node_modules in ${root} cannot be written: check who owns the folder.`;
  if (/OUTDATED_LOCKFILE/.test(output)) {
    return 'pnpm-lock.yaml does not match a package.json: run `npx pnpm@10.34.8 install` and commit the lock file.';
  }
  return `pnpm could not install the packages (exit code ${code}): its own words are above.`;
}

async function generateCode() {
  const config = join(root, 'codegen.ts');
  if (!existsSync(config)) return;
  const rooms = readdirSync(join(root, 'subgraphs')).map(name => join(root, 'subgraphs', name));
  const inputs = rooms.flatMap(room => ['schema.graphql', 'schema.mappers.ts'].map(file => join(room, file)));
  const wanted = digest([config, ...inputs.filter(existsSync)]);
  const missing = rooms.some(
    room => existsSync(join(room, 'schema.graphql')) && !existsSync(join(room, 'src/generated')),
  );
  if (stamp().generated === wanted && !missing) return;
  say('Generating the resolver types from the schemas …');
  const { code, output } = await run(join(root, 'node_modules', '.bin', 'graphql-codegen'), ['--config', 'codegen.ts']);
  if (code !== 0) {
    process.stderr.write(output);
    throw new Obstacle('the resolver types could not be generated: the reason is above.');
  }
  setStamp({ generated: wanted });
}

/** Two starts at once (`npm test` beside `npm start`) install one after the other, not into each other. */
async function alone(work) {
  const lock = join(root, 'node_modules', '.mealprep360.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code === 'EACCES' || error.code === 'EROFS') throw new Obstacle(`cannot write in ${dirname(lock)}.`);
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
    if (!isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) say(`Waiting for process ${holder}, which is installing the packages …`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAlive(pid) {
  try {
    // an empty file is one that is being written right now
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const stamp = () => (existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {});

function setStamp(part) {
  writeFileSync(`${stampFile}.${process.pid}`, JSON.stringify({ ...stamp(), ...part }));
  renameSync(`${stampFile}.${process.pid}`, stampFile);
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

/** Runs a command to its end; resolves with its exit code (or errno name) and the last of what it printed. */
export function run(command, args, env = {}, onOutput = () => undefined) {
  return new Promise(resolve => {
    let output = '';
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...quietNpm, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    // npx does not take its own children along
    const stop = () => {
      process.kill(-child.pid, 'SIGTERM');
      process.exit(130);
    };
    for (const signal of endings) process.once(signal, stop);
    const keep = chunk => {
      output = (output + chunk).slice(-20_000);
      onOutput(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = code => {
      for (const signal of endings) process.off(signal, stop);
      resolve({ code, output });
    };
    child.on('error', error => end(error.code));
    child.on('close', code => end(code ?? 1));
  });
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const runLoudly = (command, args, env) => run(command, args, env, chunk => process.stdout.write(chunk));

// An unreachable registry is told in seconds, not after npm's three minutes of patience.
const quietNpm = {
  npm_config_loglevel: 'error',
  npm_config_update_notifier: 'false',
  npm_config_fetch_retries: '2',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '5000',
};

/**
 * Runs a program on Node 24 in the foreground and resolves with its exit code. Signals are passed on, and it may stop
 * in its own time; with `guarded` it also learns by a closed channel when this process was killed.
 */
export function onNode24(args, { guarded = false, env = {} } = {}) {
  const child = spawn(node24, args, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', ...(guarded ? ['ipc'] : [])],
    env: { ...process.env, npm_config_loglevel: 'error', APOLLO_TELEMETRY_DISABLED: 'true', ...env },
  });
  for (const signal of endings) {
    // a terminal already sends Ctrl-C to the whole foreground group
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  // npm does not take its script along when it is killed
  if (process.env.npm_lifecycle_event && guarded) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
