import type { Subgraph } from '@mealprep360/service/subgraph';
import { announceMealPlan } from './commands/announce-meal-plan.ts';
import { eraseUserData } from './commands/erase-user-data.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { notificationCollection } from './models/notification.ts';
import { outbox } from './models/outbox.ts';
import { userCopy } from './models/user-copy.ts';
import { shoppingList } from './reactions/shopping-list.ts';
import { social } from './reactions/social.ts';
import { user } from './reactions/user.ts';

export const notifications: Subgraph<Work, Context> = {
  name: 'notifications',
  envPrefix: 'NOTIFICATION_DB_',
  typeDefs,
  resolvers,
  collections: [notificationCollection, userCopy],
  outbox,
  context,
  work,
  heardBy: ['mealplans', 'users'],
  reactions: [shoppingList, social, user],
  commands: [announceMealPlan, eraseUserData],
};
