/** A plan with its recipes and its shopping list: three services in one operation. */
export const AGGREGATOR = `query Aggregator($planId: ID!) {
  mealPlan(id: $planId) { items { recipe { title } } shoppingList { id items { totalCount } } }
}`;

/** Something of each service, and the ties between them. */
export const EVERYTHING = `query Everything(
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

/** What somebody made, by id: the variables that the two operations use. */
export interface Belongings {
  recipeId: string;
  planId: string;
  listId: string;
  postId: string;
  articleId: string;
  noticeId: string;
  handle: string;
}
