import { Command } from 'commander';
import { userInfo } from 'node:os';
import { findHouse, type House, type Where } from './house.ts';
import { Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** Where a command speaks, and how it ends with another exit code than 0. */
export interface Stage extends Terminal {
  ends: (exitCode: number) => void;
}

export interface Common extends Where {
  json?: boolean;
}

/** What a command found out: as data for --json, and as people read it. */
export interface Finding {
  data: unknown;
  text: string;
}

// A method, not a function field: each command is given the options that it declares, and no others.
interface Work {
  run(house: House, options: Common, ...args: (string | undefined)[]): Promise<Finding>;
}

/** A command over a house, with the options that all have. Whatever it finds is printed the way that is asked for. */
export function houseCommand(stage: Stage, name: string, description: string, work: Work['run']): Command {
  return new Command(name)
    .description(description)
    .option('--data <dir>', 'the data folder of a house on this machine (default: .mealprep360)')
    .option('--key <file>', 'the private key of ops, for a house elsewhere (default: OPS_SIGNING_KEY_FILE)')
    .option('--urls <list>', 'addresses of services, users=http://…,recipes=http://… (default: <SUBGRAPH>_URL)')
    .option('--json', 'prints JSON, and nothing else')
    .action(async function (this: Command) {
      const options = this.opts<Common>();
      const house = await findHouse(options, stage.environment);
      const { data, text } = await work(house, options, ...(this.processedArgs as (string | undefined)[]));
      stage.out(options.json ? `${JSON.stringify(data, null, 2)}\n` : text);
    });
}

/** Refuses a name that is no service's. */
export function knownService({ services }: House, name: string): string {
  if (!services.includes(name)) throw new Refusal(`there is no service ${name}: ${services.join(', ')}`, 2);
  return name;
}

/** The person who acts, for the record. */
export const me = (given: string | undefined): string => given ?? userInfo().username;

export const byOption = ['--by <name>', 'who you are, for the record (default: your login name)'] as const;
