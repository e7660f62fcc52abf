import type { Measure } from '@mealprep360/quantity/measure';

/** Which planned recipe asks for how much, and by which line. */
export interface ItemSource {
  mealPlanId: string;
  mealPlanItemId: string;
  recipeId: string;
  /** whose recipe it is; null for one that came with the system */
  authorId: string | null;
  /** as written in the recipe */
  line: string;
  /** scaled to the planned servings; null when the line names no amount */
  measure: Measure | null;
}

/** What the plans ask for of one food. */
export interface Need {
  /** lines of the same key are the same food */
  key: string;
  food: string;
  amounts: Measure[];
  asNeeded: boolean;
  aisle: string;
  sources: ItemSource[];
}

/** What people wrote over what the plans say; null where they wrote nothing. */
interface Edits {
  food: string | null;
  amounts: Measure[] | null;
  aisle: string | null;
}

/** Whose words stand on an item: a line of their recipe, or what they wrote on the list. */
export interface Author {
  of: 'line' | 'food' | 'aisle' | 'note';
  userId: string;
}

/** One food on a list: what is needed of it, and what people did with it. */
export interface Item extends Need {
  /** written on the list by a person; it has no sources, and plans leave it alone */
  manual: boolean;
  edited: Edits;
  note: string | null;
  checked: boolean;
  checkedBy: string | null;
  /** taken off the list by a person, and kept in mind so that the plan does not bring it back */
  removed: boolean;
  /** the amounts that were needed when somebody checked or removed it: so much is dealt with */
  settled: Measure[] | null;
  /** those whose words stand on it, also while nobody needs it */
  authors: Author[];
  /** whether it stands on the list: neither removed nor without anybody who needs it */
  listed: boolean;
}

const untouched = {
  edited: { food: null, amounts: null, aisle: null },
  note: null,
  checked: false,
  checkedBy: null,
  removed: false,
  settled: null,
  listed: true,
};

/** A new item of a plan. */
export const neededItem = (need: Need): Item => ({
  ...need,
  ...untouched,
  manual: false,
  authors: linesAuthors(need.sources),
});

const linesAuthors = (sources: readonly ItemSource[]): Author[] =>
  [...new Set(sources.flatMap(({ authorId }) => authorId ?? []))].map(userId => ({ of: 'line', userId }));

/** A new item that a person wrote. */
export const manualItem = (line: Omit<Need, 'sources'>, authors: Author[]): Item => ({
  ...line,
  authors,
  ...untouched,
  sources: [],
  manual: true,
});

/** Checks an item off. It stays checked until more of it is needed than now. */
export const check = <Kind extends Item>(item: Kind, checkedBy: string): Kind => ({
  ...item,
  checked: true,
  checkedBy,
  settled: item.amounts,
});

export const uncheck = <Kind extends Item>(item: Kind): Kind => ({
  ...item,
  checked: false,
  checkedBy: null,
  settled: null,
});

/** Takes an item of a plan off the list. It stays off until more of it is needed than now. */
export const takeOff = <Kind extends Item>(item: Kind): Kind => ({
  ...item,
  removed: true,
  listed: false,
  settled: item.amounts,
});

/**
 * The item under a new need. What people did stays, with one exception: when more is needed than was checked off or
 * removed, the item is open again. Without any need an item that nobody touched is gone (null); one that somebody did
 * touch waits unlisted, and comes back as it was when it is needed again.
 */
export function withNeed<Kind extends Item>(item: Kind, need: Need | undefined): Kind | null {
  if (need === undefined) {
    if (isUntouched(item)) return null;
    return { ...item, amounts: [], asNeeded: false, sources: [], listed: false };
  }
  const isOpenAgain = item.settled !== null && !covers(item.settled, need.amounts);
  const known = item.authors.filter(({ of }) => of === 'line').map(({ userId }) => userId);
  const added = linesAuthors(need.sources).filter(({ userId }) => !known.includes(userId));
  const authors = added.length === 0 ? item.authors : [...item.authors, ...added];
  const next = { ...(isOpenAgain ? { ...uncheck(item), removed: false } : item), ...need, authors };
  return { ...next, listed: !next.removed };
}

const isUntouched = (item: Item): boolean =>
  !item.checked && !item.removed && item.note === null && Object.values(item.edited).every(edit => edit === null);

/** Whether nothing is needed beyond what is there, unit by unit; sums of the same parts may differ in the last digit. */
const covers = (there: readonly Measure[], needed: readonly Measure[]): boolean =>
  needed.every(need => {
    const had = there.find(measure => measure.unit === need.unit);
    return had !== undefined && most(need) <= most(had) * (1 + 1e-9);
  });

const most = (measure: Measure): number => measure.quantityMax ?? measure.quantity;

/**
 * An item of somebody else's list without a word of this person; null when nothing is left of it. What other recipes
 * need stays; what is needed is reckoned anew when the recipes are gone.
 */
export function withoutWordsOf<Kind extends Item>(
  item: Kind,
  userId: string,
  foodOf: (line: string) => string,
): Kind | null {
  const wrote = (of: Author['of']) => item.authors.some(author => author.of === of && author.userId === userId);
  if (item.manual && wrote('food')) return null;
  const sources = item.sources.filter(source => source.authorId !== userId);
  if (wrote('line') && sources.length === 0) return null;
  const [first] = sources;
  return {
    ...item,
    ...(wrote('line') && first !== undefined && { sources, food: foodOf(first.line) }),
    edited: {
      ...item.edited,
      ...(wrote('food') && { food: null }),
      ...(wrote('aisle') && { aisle: null }),
    },
    note: wrote('note') ? null : item.note,
    authors: item.authors.filter(author => author.userId !== userId),
  };
}
