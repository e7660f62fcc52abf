// Runs what the root script "check" lists, without pnpm in between. All of it, so that one run tells everything.
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { main, node24, Obstacle, prepare, root, run, say } from './bootstrap.mjs';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const steps = scripts.check.split(' && ').map(step => {
  const [, name, args] = /^pnpm run (\S+)(.*)$/.exec(step) ?? [];
  if (!scripts[name]) throw new Error(`the script "check" of package.json holds "${step}", which is no script`);
  return { name, command: scripts[name] + args };
});

await main(async () => {
  await prepare();
  const path = [dirname(node24), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const failed = [];
  for (const { name, command } of steps) {
    const started = Date.now();
    const { code, output } = await run('/bin/sh', ['-c', command], { PATH: path });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (code === 0) continue;
    failed.push(name);
    say(output.trimEnd());
  }
  if (failed.length > 0) throw new Obstacle(`these checks failed: ${failed.join(', ')}.`);
  return 0;
});
