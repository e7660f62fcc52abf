import type { Subgraph } from '@mealprep360/service/subgraph';
import { eraseUserData } from './commands/erase-user-data.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { mealPlanItemCollection } from './models/meal-plan-item.ts';
import { mealPlanCollection } from './models/meal-plan.ts';
import { mealTemplateCollection } from './models/meal-template.ts';
import { outbox } from './models/outbox.ts';
import { recipeCopyCollection } from './models/recipe-copy.ts';
import { skippedDayCollection } from './models/skipped-day.ts';
import { userCopyCollection } from './models/user-copy.ts';
import { recipe } from './reactions/recipe.ts';
import { user } from './reactions/user.ts';
import { createMealPlanSaga } from './sagas/create-meal-plan.ts';

export const mealplans: Subgraph<Work, Context> = {
  name: 'mealplans',
  envPrefix: 'MEALPLAN_DB_',
  typeDefs,
  resolvers,
  collections: [
    mealPlanCollection,
    mealPlanItemCollection,
    skippedDayCollection,
    mealTemplateCollection,
    recipeCopyCollection,
    userCopyCollection,
  ],
  outbox,
  context,
  work,
  heardBy: ['shopping', 'notifications', 'users'],
  reactions: [recipe, user],
  commands: [eraseUserData],
  sagas: [createMealPlanSaga],
};
