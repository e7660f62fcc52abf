import type { Page } from '@mealprep360/service/paging';
import type { RecipeCategoryRecord } from './src/models/recipe-category.ts';
import type { RecipeRatingRecord } from './src/models/recipe-rating.ts';
import type { RecipeVersionRecord } from './src/models/recipe-version.ts';
import type { RecipeRecord } from './src/models/recipe.ts';

export type RecipeMapper = RecipeRecord;
export type RecipeCategoryMapper = RecipeCategoryRecord;
export type ReviewMapper = RecipeRatingRecord;
export type RecipeVersionMapper = RecipeVersionRecord;
export type RecipeConnectionMapper = Page<RecipeRecord> & { reasonsFor?: (recipe: RecipeRecord) => string[] };
export type ReviewConnectionMapper = Page<RecipeRatingRecord>;
export type RecipeVersionConnectionMapper = Pick<Page<RecipeVersionRecord>, 'edges' | 'pageInfo'>;
export type UserMapper = { id: string };
