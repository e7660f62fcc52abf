import { id } from '@mealprep360/contracts/vocabulary';
import type { SortKey } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import { z } from 'zod';
import type { PostStatus } from '../domain/post-status.ts';
import { inStatus, newestFirst, withReadAt } from './blog-post.ts';

const slug = z.string().max(100, 'A slug has at most 100 characters.');

/** What a search may ask for; all that is given must hold. */
export const searchInput = z.object({
  text: z.string().trim().max(200, 'A search has at most 200 characters.').nullish(),
  categorySlug: slug.nullish(),
  tagSlug: slug.nullish(),
  authorId: id.nullish(),
  status: z.enum(['DRAFT', 'SCHEDULED', 'PUBLISHED', 'ARCHIVED']).nullish(),
});

/** The search with its slugs looked up. */
export interface PostSearch {
  text: string;
  status: PostStatus;
  /** equal to what stands in the post */
  fields: { authorId?: string; categoryId?: string; tagIds?: string };
}

const bestFirst: readonly SortKey[] = [
  ['_score', -1],
  ['_id', -1],
];

/** The search as a listing of posts: what is not published is found by its author only. */
export function listingOf({ text, status, fields }: PostSearch, viewer: Viewer) {
  const own = status === 'PUBLISHED' ? [] : [{ authorId: viewer.userId }];
  const $and = [inStatus[status], fields, ...own];
  if (text === '') return { match: { $and }, sort: newestFirst, computed: withReadAt };
  return {
    match: { $text: { $search: text }, $and },
    sort: bestFirst,
    computed: { ...withReadAt, _score: { $meta: 'textScore' } },
  };
}
