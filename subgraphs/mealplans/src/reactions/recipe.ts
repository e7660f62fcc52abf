import type { RecipeState } from '@mealprep360/contracts/recipes';
import { reactions, type Reaction } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';

const keep: Reaction<RecipeState, Work> = async ({ aggregateId, version, eventData }, { recipeCopies }) => {
  await recipeCopies.keep(aggregateId, version, eventData);
};

// Plans keep the id of a recipe that is gone: the graph then answers the recipe with null.
export const recipe = reactions<Work>()('recipes', {
  RecipeCreated: keep,
  RecipeUpdated: keep,
  RecipeDeleted: ({ aggregateId }, { recipeCopies }) => recipeCopies.drop(aggregateId),
});
