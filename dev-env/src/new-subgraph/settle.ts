import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { Obstacle } from '../obstacle.ts';

/** Links the room's packages, generates its types, and writes what follows from the list of rooms. Throws an Obstacle. */
export function settle(root: string, room: string): void {
  const { packageManager } = z
    .object({ packageManager: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const steps = [
    ['npx', '--yes', packageManager, 'install', '--no-frozen-lockfile', '--prefer-offline'],
    ['graphql-codegen', '--config', 'codegen.ts'],
    ['prettier', '--write', '--log-level', 'warn', `subgraphs/${room}`],
    ['node', 'gateway/scripts/compose.ts'],
    ['node', 'dev-env/src/env-example.ts'],
  ] as const;
  const path = [dirname(process.execPath), join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH: path, ROOM: room };
  for (const [command, ...args] of steps) {
    process.stdout.write(`> ${[command, ...args].join(' ')}\n`);
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
    if (status !== 0) {
      throw new Obstacle(`the files are written, but "${[command, ...args].join(' ')}" failed: its words are above.`);
    }
  }
}
