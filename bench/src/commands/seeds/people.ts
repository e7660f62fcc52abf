import { newId } from '@mealprep360/mongo/id';
import type { Seed } from '../measure.ts';
import { times } from './times.ts';

/** People of whom a room knows nothing: enough to ask for them by reference, and fills no list. */
export const seedPeople: Seed = (_, size) => {
  const people = times(size('_entities.User'), newId);
  return Promise.resolve({ viewer: { userId: people[0] ?? '' }, arguments: { '_entities.User': people } });
};
