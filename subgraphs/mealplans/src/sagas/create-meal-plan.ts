import {
  AnnounceMealPlan,
  DeleteShoppingList,
  GenerateShoppingList,
  ValidateUser,
} from '@mealprep360/contracts/commands';
import { ask, here, saga, seconds, tell } from '@mealprep360/events/saga';
import type { Work } from '../context.ts';
import { activate, markFailed, savePending, type NewPlan } from '../plan-aggregate.ts';

/** The plan, its shopping list and the notice come together or not at all. The saga has the plan's id. */
export const createMealPlanSaga = saga<NewPlan, Work>('CreateMealPlan', { within: seconds(60), perStep: seconds(10) }, [
  here('savePending', ({ input }, work) => savePending(work, input), {
    undo: ({ id, failure }, work) => markFailed(work, id, failure),
  }),
  ask(ValidateUser, ({ plan }) => ({ userId: plan.ownerId })),
  ask(GenerateShoppingList, ({ plan }) => ({ plan }), {
    when: ({ plan }) => plan.shoppingList,
    undo: DeleteShoppingList,
  }),
  here('confirm', ({ id }, work) => activate(work, id), { pivot: true }),
  tell(AnnounceMealPlan, ({ plan }) => ({ plan })),
]);
