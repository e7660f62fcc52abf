import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';
import { visibleTo, type RecipeRecord } from '../../models/recipe.ts';

export const recipe: NonNullable<QueryResolvers['recipe']> = async (_, { id, slug }, { loaders, models, viewer }) => {
  if (id != null && slug == null) return loaders.recipe.load(valid(idSchema, id, ['id']));
  if (slug == null || id != null)
    throw fault('INVALID_INPUT', 'Name the recipe by id or by slug: exactly one of them.');
  return models.recipes.findOne({ slug, ...visibleTo(viewer) }).lean<RecipeRecord>();
};
