import { ConfigError } from '@mealprep360/service/config';
import { Command, CommanderError } from 'commander';
import { deadLetters } from './commands/dead-letters.ts';
import { lag } from './commands/lag.ts';
import { rebuild } from './commands/rebuild.ts';
import { role } from './commands/role.ts';
import { sagas } from './commands/sagas.ts';
import { status } from './commands/status.ts';
import { sync } from './commands/sync.ts';
import { exitCodes, type Terminal } from './terminal.ts';
import { Refusal } from './refusal.ts';

const terminalOfProcess: Terminal = {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
  showsBars: process.stderr.isTTY,
  environment: process.env,
};

/** Runs one command line and resolves with its exit code: 0 done, 1 refused or failed, 2 wrong usage, 3 not well. */
export async function run(args: readonly string[], terminal: Terminal = terminalOfProcess): Promise<number> {
  let code: number = exitCodes.done;
  const program = new Command('ops')
    .description('For the person on call: asks the services of a house, and never opens a database.')
    .addHelpText('after', help);
  const settings = { ...terminal, ends: (with_: number) => (code = with_) };
  for (const make of [status, lag, deadLetters, sagas, rebuild, sync, role]) program.addCommand(make(settings));
  quiet(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(error instanceof Refusal) && !(error instanceof ConfigError)) throw error;
    terminal.err(`ops: ${error.message}\n`);
    return error instanceof Refusal ? error.exitCode : exitCodes.failed;
  }
}

const help = `
Exit codes: 0 done · 1 refused or failed · 2 wrong usage · 3 something is not well (status, lag, rebuild)
The house is found by --data DIR (.mealprep360), or by OPS_SIGNING_KEY_FILE and <SUBGRAPH>_URL (or --key and --urls).`;

/** Commander speaks and ends through us, at every depth. */
function quiet(command: Command, { out, err }: Terminal): void {
  command.exitOverride().configureOutput({ writeOut: out, writeErr: err }).showHelpAfterError('(--help tells more)');
  command.commands.forEach(child => {
    quiet(child, { out, err } as Terminal);
  });
}
