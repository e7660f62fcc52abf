import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { listToEdit } from '../../access.ts';
import type { Work } from '../../context.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import type { ShoppingListRecord } from '../../models/shopping-list.ts';
import { generateList, listOfPlan, regenerate, takePlanOff } from '../../regenerate.ts';

const MAX_PLANS = 20;

export const generateShoppingList: NonNullable<MutationResolvers['generateShoppingList']> = (
  _,
  { mealPlanId, into },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  return commit(async work => {
    const plan = await ownPlan(work, userId, mealPlanId);
    const target = into == null ? null : await listToEdit(work, userId, into, 'into');
    const { list, awaited } = await (target ? mergeInto(work, target, plan) : ownList(work, plan));
    if (awaited.length > 0) {
      throw fault('NOT_READY', 'Some recipes of this plan have not arrived here yet. Try again in a moment.');
    }
    return { shoppingList: list, userErrors: [] };
  });
};

async function ownPlan(work: Work, userId: string, mealPlanId: string): Promise<MealPlanState> {
  const id = valid(idSchema, mealPlanId, ['mealPlanId']);
  const plan = (await work.planCopies.get(id))?.state ?? null;
  if (plan?.ownerId === userId) return plan;
  if (plan !== null || (await work.isEntombed('MealPlan', id))) {
    throw fault('MEAL_PLAN_NOT_FOUND', 'There is no such meal plan.', ['mealPlanId']);
  }
  throw fault('NOT_READY', 'This meal plan is not known here yet. Try again in a moment.', ['mealPlanId']);
}

// A list follows its plans by itself: one that buys for this plan already is answered as it is.

/** A plan has one list: the one that buys for it already, unless that is archived. */
async function ownList(work: Work, plan: MealPlanState) {
  const there = await listOfPlan(work, plan.id);
  if (there?.status === 'ACTIVE') return { list: there, awaited: [] };
  if (there) await takePlanOff(work, there, plan.id, 'OTHER');
  return generateList(work, plan);
}

/** The plan moves here from the list that bought for it, if there was one. */
async function mergeInto(work: Work, target: ShoppingListRecord, plan: MealPlanState) {
  if (target.mealPlanIds.includes(plan.id)) return { list: target, awaited: [] };
  if (target.mealPlanIds.length >= MAX_PLANS) {
    throw fault('TOO_MANY_PLANS', `A list buys for at most ${MAX_PLANS} plans.`, ['into']);
  }
  const there = await listOfPlan(work, plan.id);
  if (there) await takePlanOff(work, there, plan.id, 'EDITED');
  return regenerate(work, target, 'EDITED', { mealPlanIds: [...target.mealPlanIds, plan.id] });
}
