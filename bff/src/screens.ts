import { screen } from './screen.ts';
import * as shapes from './shapes.ts';

const USER_FIELDS = ['displayName', 'avatar'];
const user = { service: 'users', fields: USER_FIELDS };
const ofUser = `id ${USER_FIELDS.join(' ')}`;

export const screens = [
  screen({
    id: 'WebDashboard',
    path: '/web/dashboard',
    summary: 'The start page of the web: the latest plans, recipes to try, unread notifications',
    operationName: 'WebDashboard',
    query: `query WebDashboard {
      me {
        ${ofUser}
        recentMealPlans: mealPlans(first: 5) { nodes { id name startDate endDate status updatedAt } }
        recommendedRecipes(first: 10) { edges { reasons node { ${shapes.RECIPE} } } }
        notifications(unreadOnly: true, first: 10) { nodes { id type title body createdAt } }
      }
    }`,
    parts: {
      user,
      recentMealPlans: { service: 'mealplans' },
      recommendedRecipes: { service: 'recipes' },
      notifications: { service: 'notifications' },
    },
    shapes: {
      user: shapes.user,
      recentMealPlans: shapes.recentMealPlans,
      recommendedRecipes: shapes.recommendedRecipes,
      notifications: shapes.notifications,
    },
  }),
  screen({
    id: 'MobileHome',
    path: '/mobile/home',
    summary: 'The home screen of the app: what is eaten today, what to buy',
    operationName: 'MobileHome',
    query: `query MobileHome {
      me {
        ${ofUser}
        todaysMeals { id date mealType servings note cookedAt recipe { ${shapes.RECIPE} } }
        shoppingList: activeShoppingList { id name version updatedAt itemsByAisle { aisle items { id food display checked version } } }
      }
    }`,
    parts: {
      user,
      todaysMeals: { service: 'mealplans', nested: { recipes: 'recipe' } },
      shoppingList: { service: 'shopping' },
    },
    shapes: { user: shapes.user, todaysMeals: shapes.todaysMeals, shoppingList: shapes.shoppingList },
  }),
];
