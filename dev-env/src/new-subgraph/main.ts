// `pnpm new-subgraph NAME`: one more room, that starts, composes and passes the house test.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Obstacle } from '../obstacle.ts';
import { addRoom } from './add-room.ts';
import { settle } from './settle.ts';

const help = `pnpm new-subgraph NAME [--only-files]

Makes the room subgraphs/NAME: a database of its own, a field of User, a test. Adds it to supergraph.yaml (the first free
port from 4011) and to the speakers of shared/contracts; then installs, generates its types, and composes the graph.

  NAME          2 to 30 letters (a to z) and digits, a letter first; what the room is about, in the plural: drinks
  --only-files  writes the files and runs nothing
  --help        this text
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readCommand() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'only-files': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Obstacle(`${reason ?? 'wrong arguments'} (--help lists all).`);
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readCommand();
  if (values.help) {
    say(help);
    return;
  }
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new Obstacle('give one NAME (--help tells more).');
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const { port, files } = await addRoom(root, name);
  files.forEach(file => say(`  ${file}`));
  if (!values['only-files']) settle(root, name);
  say(`The room ${name} stands at port ${port}. Its test: npm test -- subgraphs/${name}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  process.stderr.write(`new-subgraph: ${error.message}\n`);
  process.exitCode = 1;
}
