import type { Page } from '@mealprep360/service/paging';
import type { MealPlanItemRecord } from './src/models/meal-plan-item.ts';
import type { MealPlanRecord } from './src/models/meal-plan.ts';
import type { MealTemplateRecord } from './src/models/meal-template.ts';

export type MealPlanMapper = MealPlanRecord;
export type MealPlanItemMapper = MealPlanItemRecord;
export type MealTemplateMapper = MealTemplateRecord;
export type MealPlanConnectionMapper = Page<MealPlanRecord>;
export type UserMapper = { id: string };
