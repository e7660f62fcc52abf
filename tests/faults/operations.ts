import { show, type Client } from '../journeys/client.ts';
import { ownersOf, ownersOfField } from './losses.ts';

/** What the person of the test made, by id: something of each room, and ties between them. */
export interface Belongings {
  recipeId: string;
  planId: string;
  listId: string;
  postId: string;
  articleId: string;
  noticeId: string;
  handle: string;
}

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

const AGGREGATOR = `query Aggregator($planId: ID!) {
  mealPlan(id: $planId) { items { recipe { title } } shoppingList { id items { totalCount } } }
}`;

const EVERYTHING = `query Everything(
  $recipeId: ID!, $planId: ID!, $listId: ID!, $postId: ID!, $articleId: ID!, $noticeId: ID!, $handle: String!, $userId: ID!
) {
  me {
    id displayName email preferences { defaultServings }
    recipes(first: 5) { nodes { title user { displayName } socialPosts { totalCount } } }
    savedRecipes(first: 5) { nodes { title } }
    recommendedRecipes(first: 3) { nodes { title } }
    mealPlans(first: 2) { nodes { name items { recipe { title } } shoppingList { name } } }
    todaysMeals { servings recipe { title } }
    shoppingLists(first: 2) { nodes { name mealPlans { name } } }
    activeShoppingList {
      name items(first: 5) { nodes { food sources { recipe { title } mealPlanItem { servings } } } }
    }
    socialProfile { handle posts(first: 5) { nodes { body recipe { title } mealPlan { name } } } }
    blogPosts(first: 5) { nodes { title author { displayName } recipes { title } } }
    notifications(first: 5) { nodes { title } }
    unreadNotificationCount
  }
  recipe(id: $recipeId) { title user { displayName } socialPosts(first: 5) { nodes { body author { handle user { displayName } } } } }
  mealPlan(id: $planId) { name owner { displayName } items { recipe { title } } shoppingList { name } }
  shoppingList(id: $listId) { name owner { displayName } mealPlans { name } }
  socialPost(id: $postId) { body author { handle user { displayName } } recipe { title } mealPlan { name } }
  blogPost(id: $articleId) { title author { displayName } recipes { title } }
  notification(id: $noticeId) { title }
  socialProfile(handle: $handle) { handle user { displayName } }
  ingredientMapping(food: "eggs") { aisle }
  user(id: $userId) { displayName socialProfile { handle } blogPosts { totalCount } }
}`;

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
