import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { copyCollection } from '@mealprep360/events/copy';

/** Plans as mealplans last said them; one that is being created is kept at version 0, before it is announced. */
export const planCopyCollection = copyCollection<MealPlanState>('plan_copy', { of: 'MealPlan', revision: 1 });
