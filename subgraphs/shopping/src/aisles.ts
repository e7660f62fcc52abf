import { aisleOf } from '@mealprep360/quantity/aisle';
import type { Work } from './context.ts';

interface Named {
  key: string;
  food: string;
}

/** Tells the aisle of each of these foods: where the list's owner finds it, else where most stores have it. */
export async function aisleFinder(
  work: Work,
  ownerId: string,
  foods: readonly Named[],
): Promise<(food: Named) => string> {
  const wanted = { userId: ownerId, key: { $in: foods.map(({ key }) => key) } };
  const mappings = await work.mappings.find(wanted).session(work.session).lean();
  const own = new Map(mappings.map(mapping => [mapping.key, mapping.aisle]));
  return ({ key, food }) => own.get(key) ?? aisleOf(food);
}
