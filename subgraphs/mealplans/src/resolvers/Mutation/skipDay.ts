import { DaySkipped } from '@mealprep360/contracts/mealplans';
import { id, localDate } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import { skipReason } from '../../domain/plan-input.ts';
import { skipDay as skip } from '../../domain/plan.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changePlan } from '../../plan-aggregate.ts';

const order = z.object({ mealPlanId: id, date: localDate, reason: skipReason });

export const skipDay: NonNullable<MutationResolvers['skipDay']> = async (_, args, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  const { mealPlanId, date, reason } = valid(order, args);
  const which = { planId: mealPlanId, path: ['mealPlanId'] };
  const mealPlan = await commit(work =>
    changePlan(
      work,
      ownerId,
      which,
      plan => skip(plan, date, reason),
      (planId, version, plan) => DaySkipped.of(planId, version, { ...plan, day: date }),
    ),
  );
  return { mealPlan, userErrors: [] };
};
