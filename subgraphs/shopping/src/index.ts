import type { Subgraph } from '@mealprep360/service/subgraph';
import { eraseUserData } from './commands/erase-user-data.ts';
import { generateShoppingList } from './commands/generate-shopping-list.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { appliedMutationCollection } from './models/applied-mutation.ts';
import { ingredientMappingCollection } from './models/ingredient-mapping.ts';
import { outbox } from './models/outbox.ts';
import { planCopyCollection } from './models/plan-copy.ts';
import { recipeCopyCollection } from './models/recipe-copy.ts';
import { shoppingItemCollection } from './models/shopping-item.ts';
import { shoppingListCollection } from './models/shopping-list.ts';
import { storeLocationCollection } from './models/store-location.ts';
import { userCopyCollection } from './models/user-copy.ts';
import { mealPlan } from './reactions/meal-plan.ts';
import { recipe } from './reactions/recipe.ts';
import { user } from './reactions/user.ts';

export const shopping: Subgraph<Work, Context> = {
  name: 'shopping',
  envPrefix: 'SHOPPING_DB_',
  typeDefs,
  resolvers,
  collections: [
    shoppingListCollection,
    shoppingItemCollection,
    ingredientMappingCollection,
    storeLocationCollection,
    appliedMutationCollection,
    planCopyCollection,
    recipeCopyCollection,
    userCopyCollection,
  ],
  outbox,
  context,
  work,
  // mealplans and users hear the answers to their sagas' requests
  heardBy: ['notifications', 'mealplans', 'users'],
  reactions: [mealPlan, recipe, user],
  commands: [generateShoppingList, eraseUserData],
};
