import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { answerOf, createPlan } from '../../create-plan.ts';
import { idempotencyKey, planInput } from '../../domain/plan-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';

export const createMealPlan: NonNullable<MutationResolvers['createMealPlan']> = async (_, { input }, context) => {
  const ownerId = signedIn(context.viewer);
  const key = valid(idempotencyKey, input.idempotencyKey, ['input', 'idempotencyKey']);
  const plan = valid(planInput, input, ['input']);
  const request = {
    idempotencyKey: key,
    asked: { createMealPlan: plan },
    input: () => Promise.resolve(plan),
    itemPath: (index: number) => ['input', 'items', String(index)],
  };
  return answerOf(await createPlan(context, ownerId, request));
};
