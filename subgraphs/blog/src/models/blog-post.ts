import { collection } from '@mealprep360/mongo/collection';
import type { Viewer } from '@mealprep360/service/tokens';
import type { PostStatus, Publication } from '../domain/post-status.ts';

export interface BlogPostRecord extends Publication {
  _id: string;
  slug: string;
  authorId: string;
  title: string;
  excerpt: string | null;
  bodyMarkdown: string;
  bodyHtml: string;
  /** the number of the rules that made `bodyHtml` */
  rendering: number;
  categoryId: string | null;
  tagIds: string[];
  recipeIds: string[];
  heroImage: string | null;
  version: number;
  createdAt: Date;
  /** its place in lists: when it is published, or else when it was begun */
  listedAt: Date;
  /** whether BlogPostPublished was said of this publication */
  announced: boolean;
}

/** A post with the time of the database when it was read: whether it is published goes by that clock alone. */
export type ReadPost = BlogPostRecord & { readAt: Date };

const text = { type: String, default: null };

export const blogPostCollection = collection<BlogPostRecord>(
  'blog_posts',
  {
    slug: { type: String, required: true },
    authorId: { type: String, required: true },
    title: { type: String, required: true, maxlength: 200 },
    excerpt: text,
    bodyMarkdown: { type: String, required: true, maxlength: 50_000 },
    bodyHtml: { type: String, required: true },
    rendering: { type: Number, required: true },
    categoryId: text,
    tagIds: [String],
    recipeIds: [String],
    heroImage: text,
    version: { type: Number, required: true, min: 1 },
    createdAt: { type: Date, required: true },
    listedAt: { type: Date, required: true },
    publishAt: { type: Date, default: null },
    archived: { type: Boolean, required: true },
    announced: { type: Boolean, required: true },
  },
  [
    [{ slug: 1 }, { unique: true }],
    [{ listedAt: -1, _id: -1 }],
    [{ authorId: 1, listedAt: -1, _id: -1 }],
    [{ categoryId: 1, listedAt: -1, _id: -1 }],
    [{ tagIds: 1, listedAt: -1, _id: -1 }],
    [{ publishAt: 1 }, { partialFilterExpression: { announced: false } }],
    [
      { title: 'text', excerpt: 'text', bodyMarkdown: 'text' },
      {
        name: 'search',
        weights: { title: 10, excerpt: 5, bodyMarkdown: 1 },
        default_language: 'english',
        language_override: '_language',
      },
    ],
  ],
);

export const newestFirst = [
  ['listedAt', -1],
  ['_id', -1],
] as const;

/** Added to every post that is read. */
export const withReadAt = { readAt: '$$NOW' };

/** The conditions of each status, by the database's clock; they say the same as `statusOf`. */
export const inStatus: Readonly<Record<PostStatus, object>> = {
  DRAFT: { archived: false, publishAt: null },
  // in an expression null is less than any date
  SCHEDULED: { archived: false, $expr: { $gt: ['$publishAt', '$$NOW'] } },
  PUBLISHED: { archived: false, publishAt: { $ne: null }, $expr: { $lte: ['$publishAt', '$$NOW'] } },
  ARCHIVED: { archived: true },
};

/** The posts that a viewer may see: the published ones, and all of one's own. */
export const visibleTo = ({ userId }: Viewer): object =>
  userId === null ? inStatus.PUBLISHED : { $or: [inStatus.PUBLISHED, { authorId: userId }] };
