// Prints each tool, its version and where it was found. Installs nothing, so that it can tell why installing fails;
// MongoDB and Redis are looked for by the launcher's own search, as soon as Node 24 is there to run it.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { checkPlatform, main, node24, onNode24, say } from './bootstrap.mjs';

const pnpm = 'pnpm@10.34.8';

await main(async () => {
  checkPlatform();
  const node = tell('Node', process.versions.node, process.execPath);
  const npm = tell('npm', versionOf('npm', ['--version']), onPath('npm'), 'install npm: it comes with Node');
  tell('pnpm', versionOf('npx', ['--no', '--offline', '--', pnpm, '--version']), 'npx’s cache', 'npm start fetches it');
  const installed = existsSync(node24);
  tell('Node 24', installed && versionOf(node24, ['--version']).slice(1), node24, 'npm start installs it');
  const python = tell('Python', versionOf('python3', ['--version']).slice(7), onPath('python3'), 'install Python 3');
  const pip = tell(
    'pip',
    versionOf('python3', ['-m', 'pip', '--version']).split(' ')[1],
    'python3 -m pip',
    'install pip (Debian: apt install python3-pip)',
  );
  if (installed) {
    const servers = await onNode24(['dev-env/src/doctor.ts']);
    // Python is there to fetch them
    return node && npm && (servers === 0 || (servers === 1 && python && pip)) ? 0 : 1;
  }
  say('-       MongoDB and Redis: looked for once Node 24 is installed');
  return node && npm && python && pip ? 0 : 1;
});

function tell(tool, version, where, advice) {
  say(version ? `ok      ${tool} ${version}  (${where})` : `missing ${tool}: ${advice}`);
  return Boolean(version);
}

function versionOf(command, args) {
  try {
    const output = execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' },
    });
    return output.trim();
  } catch {
    return '';
  }
}

function onPath(program) {
  const found = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, program));
  return found.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
