import type { Envelope } from '@mealprep360/contracts/envelope';

/** Events of one partition that wait to be applied, ascending by number, perhaps with gaps. */
export interface EventLine {
  /** How many wait. */
  size: () => number;
  /** The number of the first and of the last that wait; null when none does. */
  first: () => number | null;
  last: () => number | null;
  /** Adds events at the end; what is behind its end already is left out. */
  append: (events: readonly Envelope[]) => void;
  /** Puts events before all others. What of them got into line meanwhile stands there once. */
  prepend: (events: readonly Envelope[]) => void;
  /** Lets go of everything up to a number. */
  drop: (until: number) => void;
  /** The consecutive events from a number on, at most `most`; they stay in line. */
  peek: (from: number, most: number) => Envelope[];
}

export function eventLine(): EventLine {
  let line: Envelope[] = [];
  const last = (): number | null => line.at(-1)?.seq ?? null;
  return {
    size: () => line.length,
    first: () => line[0]?.seq ?? null,
    last,
    append: events => {
      for (const event of events) if (event.seq > (last() ?? 0)) line.push(event);
    },
    prepend: events => {
      const end = events.at(-1)?.seq ?? 0;
      line = [...events, ...line.filter(event => event.seq > end)];
    },
    drop: until => {
      line = line.filter(event => event.seq > until);
    },
    peek: (from, most) => line.slice(0, most).filter((event, offset) => event.seq === from + offset),
  };
}
