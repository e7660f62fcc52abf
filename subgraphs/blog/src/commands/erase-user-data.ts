import { AT_ONCE, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import type { Work } from '../context.ts';
import type { BlogPostRecord } from '../models/blog-post.ts';
import { outbox } from '../models/outbox.ts';
import { deletePost } from '../post-aggregate.ts';

const POSTS = 10;

/** A post goes with what readers said of it, and with those of its tags that no other post has. */
const posts: Part<Work> = async (authorId, work) => {
  const { session } = work;
  const found = await work.posts.find({ authorId }).limit(POSTS).session(session).lean<BlogPostRecord[]>();
  const recordsErased = await deleteSome(work.comments, { postId: { $in: found.map(({ _id }) => _id) } }, work);
  if (recordsErased >= AT_ONCE) return { recordsErased };
  for (const post of found) await deletePost(work, post);
  const tagIds = [...new Set(found.flatMap(post => post.tagIds))];
  const kept = await work.posts.distinct('tagIds', { tagIds: { $in: tagIds } }).session(session);
  const unused = { _id: { $in: tagIds.filter(id => !kept.includes(id)) } };
  return { recordsErased: recordsErased + found.length + (await deleteSome(work.tags, unused, work)) };
};

/** Replies of others stay. */
const comments: Part<Work> = async (authorId, work) => ({
  recordsErased: await deleteSome(work.comments, { authorId }, work),
});

/** All that a person wrote here goes; nothing is anonymised. */
export const eraseUserData = erases<Work>('blog', outbox, [posts, comments]);
