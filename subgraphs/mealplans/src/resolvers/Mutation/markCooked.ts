import { id } from '@mealprep360/contracts/vocabulary';
import { newId } from '@mealprep360/mongo/id';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { leftoverServings } from '../../domain/plan-input.ts';
import { cookMeal } from '../../domain/plan.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changePlan } from '../../plan-aggregate.ts';

export const markCooked: NonNullable<MutationResolvers['markCooked']> = async (_, args, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  const itemId = valid(id, args.itemId, ['itemId']);
  const left = valid(leftoverServings, args.leftoverServings, ['leftoverServings']);
  const leftoverId = newId();
  const mealPlan = await commit(work =>
    changePlan(work, ownerId, { itemId, path: ['itemId'] }, plan =>
      cookMeal(plan, itemId, { at: work.now, leftoverServings: left, leftoverId }),
    ),
  );
  return { mealPlan, userErrors: [] };
};
