/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** from 0 up to, not including, 1 */
  next: () => number;
  /** a whole number from `least` to `most` */
  between: (least: number, most: number) => number;
  /** one of these; throws when there is none */
  pick: <Each>(of: readonly Each[]) => Each;
  /** all of these in another order */
  shuffled: <Each>(of: readonly Each[]) => Each[];
  /** whether something of this probability happens */
  chance: (probability: number) => boolean;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <Each>(of: readonly Each[]): Each => {
    const found = of[between(0, of.length - 1)];
    if (found === undefined) throw new Error('there is nothing to choose from');
    return found;
  };
  const shuffled = <Each>(of: readonly Each[]): Each[] => {
    const rest = [...of];
    for (let index = rest.length - 1; index > 0; index--) {
      const other = between(0, index);
      const [a, b] = [rest[index], rest[other]];
      if (a !== undefined && b !== undefined) [rest[index], rest[other]] = [b, a];
    }
    return rest;
  };
  return { next, between, pick, shuffled, chance: probability => next() < probability };
}
