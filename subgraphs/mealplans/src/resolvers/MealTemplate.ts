import type { MealTemplateResolvers } from '../generated/types.ts';

export const MealTemplate: MealTemplateResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.template.load(id),
  id: template => template._id,
  owner: template => ({ id: template.ownerId }),
  items: template =>
    template.items.map(({ recipeId, ...item }) => ({ ...item, recipe: recipeId === null ? null : { id: recipeId } })),
};
