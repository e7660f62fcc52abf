import type { StormName } from './storms.ts';

/** A change to one file: text that stands in it exactly once, and what stands there instead. */
export interface Edit {
  /** from the root of the repository */
  file: string;
  find: string;
  replace: string;
}

/** A file that another one takes the place of. */
export interface Rival {
  file: string;
  /** in tests/chaos/teeth/rivals */
  by: string;
}

/** What the house would be without a safeguard: chaos has to notice that it is not there. */
export interface Tooth {
  name: string;
  /** what is not there */
  without: string;
  edits: readonly Edit[];
  rivals?: readonly Rival[];
  /** what is done to the house */
  storm: StormName;
  /** what the checker has to find broken: at least one of each */
  breaks: readonly string[];
}

/** The text of a file after the edits that are of it. Throws when one does not apply exactly once. */
export function edited(tooth: Tooth, file: string, text: string): string {
  let result = text;
  for (const { find, replace } of tooth.edits.filter(edit => edit.file === file)) {
    const times = result.split(find).length - 1;
    if (times !== 1) throw new Error(`tooth "${tooth.name}": ${file} has ${times} times, not once:\n${find}`);
    // not as a pattern: a dollar sign stands for itself
    result = result.replace(find, () => replace);
  }
  return result;
}
