/** Milliseconds that each request took. */
export type Asked = readonly number[];

/**
 * Times two ways of asking in turns of one request per client, so that whatever else the machine does falls on both;
 * which goes first changes each time. Each way is asked at least `requests` times.
 */
export async function timeInTurns(
  [a, b]: readonly [() => Promise<unknown>, () => Promise<unknown>],
  { requests, clients }: { requests: number; clients: number },
  signal: AbortSignal,
): Promise<[Asked, Asked]> {
  const taken: [number[], number[]] = [[], []];
  const turn = async (ask: () => Promise<unknown>, into: number[]) => {
    await Promise.all(Array.from({ length: clients }, async () => into.push(await millisecondsOf(ask))));
  };
  for (let asked = 0; asked < requests; asked += clients) {
    signal.throwIfAborted();
    const turns = [() => turn(a, taken[0]), () => turn(b, taken[1])];
    for (const next of (asked / clients) % 2 === 0 ? turns : turns.toReversed()) await next();
  }
  return taken;
}

async function millisecondsOf(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

/** The value that this part of all is not above. */
export const quantile = (values: Asked, part: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(part * values.length) - 1] ?? NaN;
