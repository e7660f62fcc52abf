import { existsSync } from 'node:fs';
import { main, node24, onNode24, prepare } from './bootstrap.mjs';

await main(async () => {
  // whoever is on call has no time for an update, and wants nothing but the answer on stdout
  if (!existsSync(node24)) await prepare();
  return onNode24(['ops/src/main.ts', ...process.argv.slice(2)]);
});
