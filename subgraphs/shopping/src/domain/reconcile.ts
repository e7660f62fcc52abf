import { isDeepStrictEqual } from 'node:util';
import { neededItem, withNeed, type Item, type Need } from './item.ts';

interface Difference<Kind> {
  /** foods that were not on the list */
  added: Item[];
  /** items that are not as they were */
  changed: Kind[];
  /** items that nobody needs and nobody touched */
  gone: Kind[];
}

/** What has to change on a list for it to hold what is needed now. Items are the same by the key of their food. */
export function reconcile<Kind extends Item>(before: readonly Kind[], needs: readonly Need[]): Difference<Kind> {
  const needed = new Map(needs.map(need => [need.key, need]));
  const generated = before.filter(item => !item.manual);
  const known = new Set(generated.map(item => item.key));
  const changed: Kind[] = [];
  const gone: Kind[] = [];
  for (const item of generated) {
    const next = withNeed(item, needed.get(item.key));
    if (next === null) gone.push(item);
    else if (!isDeepStrictEqual(next, item)) changed.push(next);
  }
  return { added: needs.filter(need => !known.has(need.key)).map(neededItem), changed, gone };
}
