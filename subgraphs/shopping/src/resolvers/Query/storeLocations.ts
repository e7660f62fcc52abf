import { valid } from '@mealprep360/service/fault';
import { page } from '@mealprep360/service/paging';
import { signedIn } from '@mealprep360/service/viewer';
import { searchText } from '../../domain/input.ts';
import type { QueryResolvers } from '../../generated/types.ts';

export const storeLocations: NonNullable<QueryResolvers['storeLocations']> = (
  _,
  { text, first, after },
  { models, viewer },
) => {
  signedIn(viewer);
  // Words only: quotes and dashes would be operators of the search.
  const words = valid(searchText, text, ['text'])?.match(/[\p{L}\p{N}]+/gu) ?? [];
  const match = words.length > 0 ? { $text: { $search: words.join(' ') } } : {};
  return page(
    {
      model: models.stores,
      match,
      sort: [
        ['name', 1],
        ['_id', 1],
      ],
    },
    { first, after },
  );
};
