import { z } from 'zod';
import { defineEvent } from './define.ts';
import { id } from './vocabulary.ts';

/** Said when a post can be read by everybody, never before. What it says is in the blog room only. */
export const BlogPostPublished = defineEvent(
  'BlogPostPublished',
  'BlogPost',
  z.object({ id, authorId: id, recipeIds: z.array(id), publishedAt: z.coerce.date() }),
);
