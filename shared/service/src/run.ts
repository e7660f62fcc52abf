import type { Tx } from '@mealprep360/events/unit-of-work';
import { ConfigError, serviceConfig } from './config.ts';
import { startService } from './start-service.ts';
import type { Subgraph } from './subgraph.ts';
import { untilTerminated } from './termination.ts';

/** A room as a process of its own: configured by the environment, stopped by SIGTERM or SIGINT, exit code 0. */
export async function run<Work extends Tx, Context extends object>(room: Subgraph<Work, Context>): Promise<void> {
  try {
    const service = await startService(room, serviceConfig(room.name, room.envPrefix));
    await untilTerminated();
    await service.stop();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${room.name} cannot start:\n${error.message}\n`);
    process.exitCode = 1;
  }
}
