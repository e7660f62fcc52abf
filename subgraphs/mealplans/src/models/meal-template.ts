import { mealType } from '@mealprep360/contracts/vocabulary';
import { collection, inline } from '@mealprep360/mongo/collection';
import type { Template } from '../domain/template.ts';

export interface MealTemplateRecord extends Template {
  _id: string;
  ownerId: string;
  name: string;
  createdAt: Date;
}

const text = { type: String, default: null };

export const mealTemplateCollection = collection<MealTemplateRecord>(
  'meal_templates',
  {
    ownerId: { type: String, required: true },
    name: { type: String, required: true, maxlength: 100 },
    dayCount: { type: Number, required: true, min: 1 },
    items: [
      inline({
        dayOffset: { type: Number, required: true, min: 0 },
        mealType: { type: String, required: true, enum: mealType.options },
        recipeId: text,
        note: text,
        servings: { type: Number, required: true },
      }),
    ],
    createdAt: { type: Date, required: true },
  },
  [[{ ownerId: 1, createdAt: -1, _id: -1 }]],
);
