import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errnoOf } from '../obstacle.ts';
import { fetchFolder } from './fetch-folder.ts';
import type { Search } from './kind.ts';

interface Wanted {
  /** the folder in the cache */
  target: string;
  /** the package of the program, and its version without the last part */
  name: string;
  version: string;
  /** what that needs and a small system may lack */
  needs: string[];
  /** the program within the package */
  program: string;
}

/**
 * Takes a program out of a Debian package and its libraries, without root and without installing anything. Resolves
 * with the path of a script that runs it; throws where there is no apt, or its sources have another version.
 */
export async function fetchDebian({ target, name, version, needs, program }: Wanted, search: Search): Promise<string> {
  const run = async (command: string, args: string[], cwd: string): Promise<void> => {
    try {
      await promisify(execFile)(command, args, { cwd, signal: search.signal, maxBuffer: 1e7 });
    } catch (error) {
      throw new Error(whyFailed(command, error), { cause: error });
    }
  };
  const fill = async (folder: string): Promise<void> => {
    // the system's own lists may be missing or old, and are root's
    const apt = join(folder, 'apt');
    await mkdir(join(apt, 'lists', 'partial'), { recursive: true });
    await mkdir(join(apt, 'archives', 'partial'), { recursive: true });
    const own = ['-q', '-o', `Dir::State::Lists=${join(apt, 'lists')}`, '-o', `Dir::Cache=${apt}`];
    await run('apt-get', [...own, 'update'], folder);
    await run('apt-get', [...own, 'download', name, ...needs], folder);
    const packages = (await readdir(folder)).filter(file => file.endsWith('.deb'));
    const had = packages.find(file => file.startsWith(`${name}_`))?.split('_')[1] ?? 'none';
    if (!decodeURIComponent(had).replace(/^\d+:/, '').startsWith(`${version}.`)) {
      throw new Error(`apt has ${name} ${decodeURIComponent(had)}, and not ${version}`);
    }
    for (const file of packages) await run('dpkg-deb', ['-x', file, '.'], folder);
    await Promise.all(['apt', ...packages].map(part => rm(join(folder, part), { recursive: true })));
    await writeFile(join(folder, 'run'), script(program));
    await chmod(join(folder, 'run'), 0o755);
  };
  const what = `${name} ${version} out of Debian’s packages (10 MB)`;
  return join(await fetchFolder({ target, what, fill }, search), 'run');
}

const script = (program: string) => `#!/bin/sh
here=$(dirname "$0")
for folder in "$here"/usr/lib/*-linux-gnu; do LD_LIBRARY_PATH=$folder; done
export LD_LIBRARY_PATH
exec "$here/${program}" "$@"
`;

function whyFailed(command: string, error: unknown): string {
  if (errnoOf(error) === 'ENOENT') return `there is no ${command} on this system`;
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
  return `${command} failed: ${said === '' ? String(error) : said}`;
}
