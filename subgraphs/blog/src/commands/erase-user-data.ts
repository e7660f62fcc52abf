import { AT_ONCE, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import type { Work } from '../context.ts';
import { blogPostCollection, type BlogPostRecord } from '../models/blog-post.ts';
import { outbox } from '../models/outbox.ts';
import { deletePost } from '../post-aggregate.ts';

const POSTS = 10;

/** A post goes with what readers said of it. */
const posts: Part<Work> = async (authorId, work) => {
  const { session } = work;
  const found = await work.posts.find({ authorId }).limit(POSTS).session(session).lean<BlogPostRecord[]>();
  const recordsErased = await deleteSome(work.comments, { postId: { $in: found.map(({ _id }) => _id) } }, work);
  if (recordsErased >= AT_ONCE) return { recordsErased };
  for (const post of found) await deletePost(work, post);
  return { recordsErased: recordsErased + found.length };
};

/** Words that stand on no post any more: nobody knows who spelled them first. */
const unusedTags: Part<Work> = async (_, work) => {
  const users = { from: blogPostCollection.name, localField: '_id', foreignField: 'tagIds' };
  const unused = await work.tags
    .aggregate<{ _id: string }>([
      { $lookup: { ...users, pipeline: [{ $limit: 1 }, { $project: { _id: 1 } }], as: 'posts' } },
      { $match: { posts: [] } },
      { $limit: AT_ONCE },
      { $project: { _id: 1 } },
    ])
    .session(work.session);
  return { events: await deleteSome(work.tags, { _id: { $in: unused.map(({ _id }) => _id) } }, work) };
};

/** Replies of others stay. */
const comments: Part<Work> = async (authorId, work) => ({
  recordsErased: await deleteSome(work.comments, { authorId }, work),
});

/** All that a person wrote here goes; nothing is anonymised. */
export const eraseUserData = erases<Work>('blog', outbox, [posts, comments, unusedTags]);
