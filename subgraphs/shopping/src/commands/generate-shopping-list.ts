import { GenerateShoppingList } from '@mealprep360/contracts/commands';
import { command, NotYet } from '@mealprep360/events/commands';
import type { Work } from '../context.ts';
import { generateList, listOfPlan, regenerate, takePlanOff } from '../regenerate.ts';

/**
 * A list for a plan that is being created. The plan is announced only after this, so it is kept from the request; the
 * recipes must have arrived at the versions that were planned.
 */
export const generateShoppingList = command<Work>()(GenerateShoppingList, {
  run: async ({ plan }, work) => {
    await work.planCopies.keep(plan.id, 0, plan);
    const there = await listOfPlan(work, plan.id);
    const { list, awaited } = there ? await regenerate(work, there, 'OTHER') : await generateList(work, plan);
    if (awaited.length > 0) throw new NotYet(`recipes have not arrived: ${awaited.join(', ')}`);
    return { shoppingListId: list._id };
  },
  undo: async ({ plan }, work) => {
    await work.planCopies.drop(plan.id);
    const list = await listOfPlan(work, plan.id);
    if (list !== null) await takePlanOff(work, list, plan.id, 'OTHER');
  },
});
