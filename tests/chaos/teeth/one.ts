import { runChaos } from '../run.ts';
import { optionsOf, storms, type StormName } from './storms.ts';

// One storm over the tree that this file lies in. What came of it goes to stdout, as JSON.
const [name = ''] = process.argv.slice(2);
if (!(name in storms)) throw new Error(`there is no storm "${name}"`);
// whoever wanted to know is gone
process.on('disconnect', () => process.exit(1)).channel?.unref();
const say = (line: string) => process.stderr.write(`${line}\n`);
const { open, violations, plans } = await runChaos({ ...optionsOf(name as StormName), say });
process.stdout.write(JSON.stringify({ open, violations, plans }));
