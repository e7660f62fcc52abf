import { aisleOf } from '@mealprep360/quantity/aisle';
import { foodKey } from '@mealprep360/quantity/food-key';
import { valid } from '@mealprep360/service/fault';
import { food as foodInput } from '../../domain/input.ts';
import type { QueryResolvers } from '../../generated/types.ts';

export const ingredientMapping: NonNullable<QueryResolvers['ingredientMapping']> = async (
  _,
  args,
  { models, viewer },
) => {
  const food = valid(foodInput, args.food, ['food']);
  const canonicalFood = foodKey(food);
  const userId = viewer.userId;
  const own = userId === null ? null : await models.mappings.findOne({ userId, key: canonicalFood }).lean();
  return { food, canonicalFood, aisle: own?.aisle ?? aisleOf(food), purchaseUnit: own?.purchaseUnit ?? null };
};
