/** The items of one aisle; `position` counts the groups of a list from 0. */
interface AisleGroup<Kind> {
  aisle: string;
  position: number;
  items: Kind[];
}

/**
 * Items by aisle, in the order of a walk through the store: first the aisles that the store names, then the others in
 * the usual order, then those that nobody knows by name. Spellings that differ in case only are one aisle.
 */
export function byAisle<Kind>(
  items: readonly Kind[],
  aisleOf: (item: Kind) => string,
  storeOrder: readonly string[],
  usualOrder: readonly string[],
): AisleGroup<Kind>[] {
  const order = [...storeOrder, ...usualOrder].map(aisle => aisle.toLowerCase());
  const place = (aisle: string) => {
    const index = order.indexOf(aisle);
    return index < 0 ? order.length : index;
  };
  const groups = Map.groupBy(items, item => aisleOf(item).toLowerCase());
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([aisle, inAisle], position) => ({
      aisle: inAisle[0] === undefined ? aisle : aisleOf(inAisle[0]),
      position,
      items: inAisle,
    }));
}
