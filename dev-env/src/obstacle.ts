/** What the person at the terminal can mend: printed as one clear line, without a stack. */
export class Obstacle extends Error {
  override name = 'Obstacle';
}

/** The errno name of a system error (`ENOENT`, `EADDRINUSE` …), or undefined for any other. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
