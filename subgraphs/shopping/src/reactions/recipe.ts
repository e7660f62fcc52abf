import type { DomainEvent } from '@mealprep360/contracts/envelope';
import type { RecipeState } from '@mealprep360/contracts/recipes';
import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { recipeCopyCollection } from '../models/recipe-copy.ts';
import type { ShoppingListRecord } from '../models/shopping-list.ts';
import { regenerate } from '../regenerate.ts';

const keepRecipe = async ({ version, eventData }: DomainEvent<RecipeState>, work: Work): Promise<void> => {
  const kept = await work.recipeCopies.keep(eventData.id, version, recipeCopyCollection.stateOf(eventData));
  if (kept) await regenerateListsWith(work, eventData.id);
};

// A recipe that its author took away cannot be cooked any more: its lines leave the lists.
const dropRecipe = ({ eventData: { id } }: DomainEvent<{ id: string }>, work: Work) => forgetRecipe(work, id);

export const recipe = reactions<Work>()('recipes', {
  RecipeCreated: keepRecipe,
  RecipeUpdated: keepRecipe,
  RecipeDeleted: dropRecipe,
});

/** The recipe is gone for ever, and the lists are made without it. */
export async function forgetRecipe(work: Work, id: string): Promise<void> {
  await work.recipeCopies.drop(id);
  await regenerateListsWith(work, id);
}

async function regenerateListsWith(work: Work, recipeId: string): Promise<void> {
  const wanted = { recipeIds: recipeId, status: 'ACTIVE' as const };
  const lists = await work.lists.find(wanted).session(work.session).lean<ShoppingListRecord[]>();
  for (const list of lists) await regenerate(work, list, 'PLAN_CHANGED');
}
