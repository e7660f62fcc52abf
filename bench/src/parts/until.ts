import { setTimeout as pause } from 'node:timers/promises';

/** Waits for something to come true; throws with its name after `seconds`. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { seconds, signal }: { seconds: number; signal: AbortSignal },
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not so within ${seconds} s`);
    await pause(50, undefined, { signal });
  }
}
