import { once } from 'node:events';

/** Resolves on the first SIGTERM or SIGINT; a second one then ends the process at once, as it would by default. */
export async function untilTerminated(): Promise<void> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
}
