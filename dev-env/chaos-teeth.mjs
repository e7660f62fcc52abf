import { main, onNode24, prepare } from './bootstrap.mjs';

await main(async () => {
  await prepare();
  return onNode24(['tests/chaos/teeth/main.ts', ...process.argv.slice(2)], { guarded: true });
});
