import { main, onNode24, prepare } from './bootstrap.mjs';

await main(async () => {
  await prepare();
  return onNode24(['bench/src/main-events.ts', ...process.argv.slice(2)]);
});
