import { DayUnskipped } from '@mealprep360/contracts/mealplans';
import { id, localDate } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import { unskipDay as unskip } from '../../domain/plan.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changePlan } from '../../plan-aggregate.ts';

const order = z.object({ mealPlanId: id, date: localDate });

export const unskipDay: NonNullable<MutationResolvers['unskipDay']> = async (_, args, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  const { mealPlanId, date } = valid(order, args);
  const which = { planId: mealPlanId, path: ['mealPlanId'] };
  const mealPlan = await commit(work =>
    changePlan(
      work,
      ownerId,
      which,
      plan => unskip(plan, date),
      (planId, version, plan) => DayUnskipped.of(planId, version, { ...plan, day: date }),
    ),
  );
  return { mealPlan, userErrors: [] };
};
