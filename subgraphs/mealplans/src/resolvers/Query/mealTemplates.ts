import { page } from '@mealprep360/service/paging';
import { signedIn } from '@mealprep360/service/viewer';
import type { QueryResolvers } from '../../generated/types.ts';
import type { MealTemplateRecord } from '../../models/meal-template.ts';

export const mealTemplates: NonNullable<QueryResolvers['mealTemplates']> = (_, { first, after }, { models, viewer }) =>
  page<MealTemplateRecord>(
    {
      model: models.templates,
      match: { ownerId: signedIn(viewer) },
      sort: [
        ['createdAt', -1],
        ['_id', -1],
      ],
    },
    { first, after },
  );
