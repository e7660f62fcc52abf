import { BlogPostPublished } from './blog.ts';
import { CommandAnswered, CommandRequested } from './commands.ts';
import { DaySkipped, DayUnskipped, MealPlanCreated, MealPlanDeleted, MealPlanUpdated } from './mealplans.ts';
import { RecipeCreated, RecipeDeleted, RecipeRated, RecipeUpdated } from './recipes.ts';
import { ShoppingListDeleted, ShoppingListGenerated, ShoppingListUpdated } from './shopping.ts';
import { PostCommented, PostLiked, SocialPostCreated, SocialPostDeleted, UserFollowed } from './social.ts';
import { UserCreated, UserDeleted, UserSynced, UserUpdated } from './users.ts';

/** Every event that each service says: the house test checks that nothing else is said, and who hears it. */
export const speakers = {
  users: { UserCreated, UserUpdated, UserDeleted, UserSynced, CommandRequested, CommandAnswered },
  recipes: { RecipeCreated, RecipeUpdated, RecipeDeleted, RecipeRated, CommandAnswered },
  mealplans: {
    MealPlanCreated,
    MealPlanUpdated,
    DaySkipped,
    DayUnskipped,
    MealPlanDeleted,
    CommandRequested,
    CommandAnswered,
  },
  shopping: { ShoppingListGenerated, ShoppingListUpdated, ShoppingListDeleted, CommandAnswered },
  social: { SocialPostCreated, SocialPostDeleted, PostLiked, PostCommented, UserFollowed, CommandAnswered },
  blog: { BlogPostPublished, CommandAnswered },
  notifications: { CommandAnswered },
} as const;

export type Speaker = keyof typeof speakers;

/** Said for whoever may come to listen; no room of the house needs to hear them. */
export const publicEvents: readonly string[] = [
  'RecipeRated',
  'ShoppingListGenerated',
  'SocialPostCreated',
  'SocialPostDeleted',
  'BlogPostPublished',
];
