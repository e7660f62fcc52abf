import { screen } from './screen.ts';
import * as shapes from './shapes.ts';

const user = { service: 'users', select: 'id displayName avatar', shape: shapes.user };
const recipe = 'id slug title image totalTime';

export const screens = [
  screen({
    name: 'WebDashboard',
    path: '/web/dashboard',
    summary: 'The start page of the web: the latest plans, recipes to try, unread notifications',
    parts: {
      user,
      recentMealPlans: {
        service: 'mealplans',
        field: 'mealPlans',
        select: 'mealPlans(first: 5) { nodes { id name startDate endDate status updatedAt } }',
        shape: shapes.recentMealPlans,
      },
      recommendedRecipes: {
        service: 'recipes',
        field: 'recommendedRecipes',
        select: `recommendedRecipes(first: 10) { edges { reasons node { ${recipe} } } }`,
        shape: shapes.recommendedRecipes,
      },
      notifications: {
        service: 'notifications',
        field: 'notifications',
        select: 'notifications(unreadOnly: true, first: 10) { nodes { id type title body createdAt } }',
        shape: shapes.notifications,
      },
    },
  }),
  screen({
    name: 'MobileHome',
    path: '/mobile/home',
    summary: 'The home screen of the app: what is eaten today, what to buy',
    parts: {
      user,
      todaysMeals: {
        service: 'mealplans',
        field: 'todaysMeals',
        select: `todaysMeals { id date mealType servings note cookedAt recipe { ${recipe} } }`,
        nested: { recipes: 'recipe' },
        shape: shapes.todaysMeals,
      },
      shoppingList: {
        service: 'shopping',
        field: 'activeShoppingList',
        select:
          'activeShoppingList { id name version updatedAt itemsByAisle { aisle items { id food display checked version } } }',
        shape: shapes.shoppingList,
      },
    },
  }),
];
