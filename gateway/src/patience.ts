/** How long a subgraph may take, in milliseconds. */
export const patience = {
  query: 3000,
  /** a mutation may wait for others by design (createMealPlan for its saga), when its subgraph is well */
  mutation: 8000,
  /** without an answer for so long, the subgraph is asked whether it is well */
  doubt: 2500,
  /** a subgraph that is well says so within; doubt + probe < query, so that the verdict is there in time */
  probe: 400,
};

/** There was no answer in time. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/**
 * Runs `send`, and aborts it with TooSlow after 3 s, or 8 s for a mutation of a subgraph that is well. `isWell` is
 * asked after 2.5 s without an answer.
 */
export async function withPatience<Answer>(
  kind: 'query' | 'mutation',
  isWell: () => Promise<boolean>,
  send: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const abort = new AbortController();
  const giveUp = () => {
    abort.abort(new TooSlow());
  };
  let settled = false;
  let end = setTimeout(giveUp, patience.query);
  const lookAfterIt = async () => {
    const well = await isWell();
    if (!well || kind === 'query' || settled) return;
    clearTimeout(end);
    end = setTimeout(giveUp, patience.mutation - patience.doubt);
  };
  const doubt = setTimeout(() => void lookAfterIt(), patience.doubt);
  try {
    return await send(abort.signal);
  } finally {
    settled = true;
    clearTimeout(doubt);
    clearTimeout(end);
  }
}
