import type { DomainEvent } from '@mealprep360/contracts/envelope';
import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { planCopyCollection } from '../models/plan-copy.ts';
import { listOfPlan, regenerate, takePlanOff } from '../regenerate.ts';

const keepPlan = async ({ version, eventData: plan }: DomainEvent<MealPlanState>, work: Work): Promise<void> => {
  if (!(await work.planCopies.keep(plan.id, version, planCopyCollection.stateOf(plan)))) return;
  const list = await listOfPlan(work, plan.id);
  if (list?.status === 'ACTIVE') await regenerate(work, list, 'PLAN_CHANGED');
};

const dropPlan = ({ eventData: { id } }: DomainEvent<{ id: string }>, work: Work) => forgetPlan(work, id);

/** The plan is gone for ever, and what it asked for leaves its list. */
export async function forgetPlan(work: Work, id: string): Promise<void> {
  await work.planCopies.drop(id);
  const list = await listOfPlan(work, id);
  if (list !== null) await takePlanOff(work, list, id, 'PLAN_CHANGED');
}

export const mealPlan = reactions<Work>()('mealplans', {
  MealPlanCreated: keepPlan,
  MealPlanUpdated: keepPlan,
  DaySkipped: keepPlan,
  DayUnskipped: keepPlan,
  MealPlanDeleted: dropPlan,
});
