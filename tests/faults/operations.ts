import { AGGREGATOR, EVERYTHING, type Belongings } from '../../bench/src/parts/documents.ts';
import { show, type Client } from '../journeys/client.ts';
import { ownersOf, ownersOfField } from './losses.ts';

export interface Asked {
  data: unknown;
  /** all that was said of what failed */
  errors: unknown[];
  /** the parts that a screen says have failed */
  named?: string[];
}

/** One way to ask for much at once, and which services own each field of its answer. */
export interface Operation {
  name: string;
  ask: () => Promise<Asked>;
  owners: Map<string, ReadonlySet<string>>;
}

/** The field of the graph of which each part of a screen is made. */
const DASHBOARD = {
  user: 'User.displayName',
  recentMealPlans: 'User.mealPlans',
  recommendedRecipes: 'User.recommendedRecipes',
  notifications: 'User.notifications',
};
const HOME = {
  user: 'User.displayName',
  todaysMeals: 'User.todaysMeals',
  'todaysMeals.recipe': 'Recipe.title',
  shoppingList: 'User.activeShoppingList',
};

/** The four operations that are asked while a part is away. */
export function operationsOf(person: Client, bff: string, belongings: Belongings): Operation[] {
  const variables = { ...belongings, userId: person.userId };
  const graph = (name: string, document: string): Operation => ({
    name,
    owners: ownersOf(document),
    ask: async () => {
      const used = Object.entries(variables).filter(([variable]) => document.includes(`$${variable}:`));
      const { data, errors = [] } = await person.send(document, Object.fromEntries(used));
      return { data, errors };
    },
  });
  const screen = (name: string, path: string, parts: Record<string, string>): Operation => ({
    name,
    owners: new Map(Object.entries(parts).map(([part, field]) => [part, ownersOfField(field)])),
    ask: async () => {
      const { data, errors } = await show(person, `${bff}${path}`);
      return { data, errors, named: errors.map(({ part }) => part).sort() };
    },
  });
  return [
    screen('dashboard', '/web/dashboard', DASHBOARD),
    screen('home', '/mobile/home', HOME),
    graph('aggregator', AGGREGATOR),
    graph('everything', EVERYTHING),
  ];
}
