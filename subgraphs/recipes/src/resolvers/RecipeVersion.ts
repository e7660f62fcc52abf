import type { RecipeVersionResolvers } from '../generated/types.ts';

export const RecipeVersion: RecipeVersionResolvers = {
  author: version => (version.authorId === null ? null : { id: version.authorId }),
  recipe: ({ content }) => ({
    title: content.title,
    recipeIngredient: content.recipeIngredient,
    recipeInstructions: content.recipeInstructions.map(section => ({
      name: section.name,
      itemListElement: section.steps.map((step, index) => ({
        position: index + 1,
        text: step.text,
        image: step.image,
      })),
    })),
  }),
};
