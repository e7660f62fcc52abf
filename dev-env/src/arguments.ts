import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Obstacle } from './obstacle.ts';

export interface Arguments {
  portBase: number;
  /** absolute path of the data folder */
  data: string;
  isolate: boolean;
  production: boolean;
  fresh: boolean;
  help: boolean;
}

export const usage = `npm start -- [--port-base P] [--data DIR] [--isolate] [--production] [--fresh]

  --port-base P   the gateway's port; the services stand at P+1 to P+7 (4000)
  --data DIR      where databases, keys and logs are kept (.mealprep360)
  --isolate       a MongoDB for each service
  --production    no introspection, no IDE, no demo account
  --fresh         start empty: what is in the data folder is deleted
  --help          this text
`;

// the BFF stands at base + 10
const lastOffset = 10;

/** Reads the command line. Throws an Obstacle that names the argument at fault. */
export function readArguments(args: string[], cwd: string): Arguments {
  const values = parse(args);
  const portBase = Number(values['port-base']);
  if (!/^\d+$/.test(values['port-base']) || portBase < 1024 || portBase + lastOffset > 65_535) {
    throw new Obstacle(
      `--port-base ${values['port-base']} must be a whole number from 1024 to ${65_535 - lastOffset}.`,
    );
  }
  if (values.data === '') throw new Obstacle('--data needs a folder.');
  const { isolate, production, fresh, help } = values;
  return { portBase, data: resolve(cwd, values.data), isolate, production, fresh, help };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        'port-base': { type: 'string', default: '4000' },
        data: { type: 'string', default: '.mealprep360' },
        isolate: { type: 'boolean', default: false },
        production: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Obstacle(`${reason ?? 'wrong arguments'} (npm start -- --help lists all).`);
  }
}
