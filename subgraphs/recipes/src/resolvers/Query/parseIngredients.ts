import { parseLines } from '@mealprep360/quantity/parse-line';
import { valid } from '@mealprep360/service/fault';
import { ingredientLines } from '../../domain/recipe-input.ts';
import type { QueryResolvers } from '../../generated/types.ts';

export const parseIngredients: NonNullable<QueryResolvers['parseIngredients']> = (_, { lines }) =>
  parseLines(valid(ingredientLines, lines, ['lines']));
