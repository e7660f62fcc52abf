import { byId } from '@mealprep360/service/loader';
import { connectionLoader } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { Models } from './context.ts';
import { shownTo, type BlogCommentRecord } from './models/blog-comment.ts';
import {
  inStatus,
  newestFirst,
  visibleTo,
  withReadAt,
  type BlogPostRecord,
  type ReadPost,
} from './models/blog-post.ts';

export type Loaders = ReturnType<typeof loaders>;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export function loaders({ posts, comments, categories, tags }: Models, viewer: Viewer) {
  const inLists = { model: posts, sort: newestFirst, computed: withReadAt };
  /** null also for a post that the viewer may not see */
  const post = new DataLoader<string, ReadPost | null>(async ids => {
    const wanted = { _id: { $in: [...ids] }, ...visibleTo(viewer) };
    const found = await posts.aggregate<ReadPost>([{ $match: wanted }, { $set: withReadAt }]);
    const records = new Map(found.map(record => [record._id, record]));
    return ids.map(id => records.get(id) ?? null);
  });
  return {
    post,
    category: byId(categories),
    tag: byId(tags),
    /** null also for a comment that the viewer may not see, or of such a post */
    comment: new DataLoader<string, BlogCommentRecord | null>(async ids => {
      const found = await comments.find({ _id: { $in: [...ids] }, ...shownTo(viewer) }).lean<BlogCommentRecord[]>();
      const seen = await post.loadMany(found.map(({ postId }) => postId));
      const shown = new Map(found.filter((_, index) => seen[index]).map(comment => [comment._id, comment]));
      return ids.map(id => shown.get(id) ?? null);
    }),
    postsOfUser: connectionLoader<BlogPostRecord, ReadPost>({
      ...inLists,
      parent: 'authorId',
      match: visibleTo(viewer),
    }),
    postsOfCategory: connectionLoader<BlogPostRecord, ReadPost>({
      ...inLists,
      parent: 'categoryId',
      match: inStatus.PUBLISHED,
    }),
    comments: connectionLoader({
      model: comments,
      parent: 'postId',
      match: shownTo(viewer),
      sort: [
        ['createdAt', 1],
        ['_id', 1],
      ],
    }),
    /** of a post: the approved ones */
    commentCount: countBy(comments, 'postId', { status: 'APPROVED' }),
    /** of a tag: the published ones */
    postCount: countBy(posts, 'tagIds', inStatus.PUBLISHED),
  };
}

/** How many records have each of these values in a field, which may be a list. */
const countBy = <Record>(model: Model<Record>, field: string, match: object) =>
  new DataLoader<string, number>(async values => {
    const wanted = { [field]: { $in: [...values] } };
    const rows = await model.aggregate<{ _id: string; count: number }>([
      { $match: { ...match, ...wanted } },
      { $unwind: `$${field}` },
      { $match: wanted },
      { $group: { _id: `$${field}`, count: { $sum: 1 } } },
    ]);
    const counts = new Map(rows.map(row => [row._id, row.count]));
    return values.map(value => counts.get(value) ?? 0);
  });
