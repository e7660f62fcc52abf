/** Background work in passes. */
export interface Loop {
  /** Starts a pass now, or one more right after the one that runs. */
  nudge: () => void;
  /** Resolves when the pass that runs has ended; no other one begins. */
  stop: () => Promise<void>;
}

/**
 * Runs `pass` over and over, never twice at once: after the milliseconds that the last pass answered, or as soon as it
 * is nudged. `failed` is told what a pass threw, and answers in how many milliseconds it is tried again.
 */
export function loop(pass: () => Promise<number>, failed: (error: unknown) => number): Loop {
  let stopped = false;
  let nudged = false;
  let wake: () => void = () => undefined;

  const sleep = async (milliseconds: number): Promise<void> => {
    if (nudged || stopped || milliseconds <= 0) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, together(milliseconds));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      nudged = false;
      const rest = await pass().catch(failed);
      await sleep(rest);
    }
  };
  const ended = run();
  return {
    nudge: () => {
      nudged = true;
      wake();
    },
    stop: () => {
      stopped = true;
      wake();
      return ended;
    },
  };
}

/** A long rest ends a little early, with the second: those who look now and then wake an idle process together. */
function together(milliseconds: number): number {
  if (milliseconds < SECOND) return milliseconds;
  const now = performance.now();
  return Math.max(SECOND / 10, Math.floor((now + milliseconds) / SECOND) * SECOND - now);
}

const SECOND = 1000;

/** Milliseconds before the next try: doubling from `first` to `most`, and never the same for all who wait. */
export const backoff = (tries: number, first = 50, most = 5000): number =>
  Math.min(most, first * 2 ** tries) * (0.5 + Math.random() / 2);
