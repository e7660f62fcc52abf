/** Remembers that a part is down, so that nobody waits for it, and finds out by itself when it is back. */
export interface CircuitBreaker {
  isOpen: () => boolean;
  succeeded: () => void;
  failed: () => void;
  /** the part is known to be down, however few calls have failed */
  open: () => void;
  dispose: () => void;
}

/**
 * Opens after `failuresInARow`. While it is open, `probe` (which must end by itself) is asked every `probeEvery`
 * milliseconds, so that it is never somebody's own request that finds out whether the part is back.
 */
export function circuitBreaker(options: {
  failuresInARow: number;
  probeEvery: number;
  probe: () => Promise<boolean>;
  onChange: (state: 'open' | 'closed') => void;
}): CircuitBreaker {
  let failures = 0;
  let state: 'open' | 'closed' | 'disposed' = 'closed';
  let timer: NodeJS.Timeout | undefined;

  const probeLater = () => {
    timer = setTimeout(() => void probe(), options.probeEvery);
  };
  const probe = async () => {
    const isBack = await options.probe();
    if (state !== 'open') return;
    if (!isBack) {
      probeLater();
      return;
    }
    failures = 0;
    state = 'closed';
    options.onChange(state);
  };
  const open = () => {
    if (state !== 'closed') return;
    state = 'open';
    options.onChange(state);
    probeLater();
  };
  return {
    isOpen: () => state === 'open',
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures >= options.failuresInARow) open();
    },
    open,
    dispose: () => {
      state = 'disposed';
      clearTimeout(timer);
    },
  };
}
