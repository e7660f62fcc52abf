import {
  DaySkipped,
  DayUnskipped,
  MealPlanCreated,
  MealPlanUpdated,
  type MealPlanState,
} from '@mealprep360/contracts/mealplans';
import { copyCollection } from '@mealprep360/events/copy';

/** Plans as mealplans last said them; one that is being created is kept at version 0, before it is announced. */
export const planCopyCollection = copyCollection('plan_copy', {
  speaker: 'mealplans',
  revision: 1,
  from: [MealPlanCreated, MealPlanUpdated, DaySkipped, DayUnskipped],
  // what is kept is the plan, without the day that changed
  state: ({ day: _, ...plan }: MealPlanState & { day?: string }): MealPlanState => plan,
});
