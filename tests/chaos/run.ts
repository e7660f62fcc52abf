import { startChaosHouse } from './chaos-house.ts';
import { check } from './checker/check.ts';
import { openEvidence } from './checker/evidence.ts';
import { untilQuiet } from './checker/quiet.ts';
import { startLoad } from './load.ts';
import { random } from './random.ts';
const started = performance.now();
const say = (text: string) => process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} ${text}\n`);
const house = await startChaosHouse(say);
try {
  const rnd = random(1);
  const load = await startLoad(house.graph, rnd);
  say('load is set up');
  const t = performance.now();
  await load.drive(() => load.journal.plans.size >= Number(process.argv[2] ?? 50));
  say(
    `driven: ${JSON.stringify([...load.journal.done])} ${(load.journal.plans.size / (performance.now() - t)) * 1000} plans/s`,
  );
  const evidence = await openEvidence(house.mongodb, house.redis);
  say(`open: ${JSON.stringify(await untilQuiet(evidence, 60_000))}`);
  const found = await check(evidence, { journal: load.journal, poison: [], data: house.data });
  for (const [name, violations] of Object.entries(found))
    say(`${name}: ${violations.length} ${violations.slice(0, 5).join(' | ')}`);
  await evidence.close();
} finally {
  await house.end();
}
