import { asErased, AT_ONCE, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import type { Model } from 'mongoose';
import type { Work } from '../context.ts';
import type { CommentRecord } from '../models/comment.ts';
import type { FollowRecord } from '../models/follow.ts';
import type { LikeRecord } from '../models/like.ts';
import { outbox } from '../models/outbox.ts';
import { deletePost } from '../post-aggregate.ts';
import { endFollow } from '../profile-aggregate.ts';

const POSTS = 20;

/** A post goes with all that others said of it. */
const posts: Part<Work> = async (authorId, work) => {
  const found = await work.posts.find({ authorId }).select('_id').limit(POSTS).session(work.session).lean();
  const of = { postId: { $in: found.map(({ _id }) => _id) } };
  const recordsErased = (await deleteSome(work.comments, of, work)) + (await deleteSome(work.likes, of, work));
  if (recordsErased >= AT_ONCE) return { recordsErased };
  for (const { _id } of found) await deletePost(asErased(work), authorId, _id);
  return { recordsErased: recordsErased + found.length };
};

/** Takes back what the person left at others' posts, where it is counted; replies to it stay. */
async function takeBack<Record extends { _id: string; postId: string }>(
  work: Work,
  model: Model<Record>,
  which: object,
  count: 'likeCount' | 'commentCount',
): Promise<number> {
  const { session } = work;
  const found = await model.find(which).select('postId').limit(AT_ONCE).session(session).lean<Record[]>();
  if (found.length === 0) return 0;
  const counted = found.map(({ postId }) => ({
    updateOne: { filter: { _id: postId }, update: { $inc: { [count]: -1 } } },
  }));
  await work.posts.bulkWrite(counted, { session });
  await model.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } } as object, { session });
  return found.length;
}

const comments: Part<Work> = async (authorId, work) => ({
  recordsErased: await takeBack<CommentRecord>(work, work.comments, { authorId }, 'commentCount'),
});

const likes: Part<Work> = async (userId, work) => ({
  recordsErased: await takeBack<LikeRecord>(work, work.likes, { userId }, 'likeCount'),
});

/** so many at once, each in three commands */
const FOLLOWS = 100;

const follows: Part<Work> = async (userId, work) => {
  const either = { $or: [{ followerId: userId }, { followeeId: userId }] };
  const found = await work.follows.find(either).limit(FOLLOWS).session(work.session).lean<FollowRecord[]>();
  for (const { followerId, followeeId } of found) await endFollow(work, { followerId, followeeId });
  return { recordsErased: found.length };
};

const blocks: Part<Work> = async (userId, work) => ({
  recordsErased: await deleteSome(work.blocks, { $or: [{ blockerId: userId }, { blockedId: userId }] }, work),
});

/** What the person reported, and what was reported of the person's posts, which are gone. */
const reports: Part<Work> = async (userId, work) => ({
  recordsErased: await deleteSome(work.reports, { $or: [{ reporterId: userId }, { postAuthorId: userId }] }, work),
});

const profile: Part<Work> = async (userId, work) => ({
  recordsErased: await deleteSome(work.profiles, { _id: userId }, work),
});

/** All that a person showed and said here goes; nothing is anonymised. */
export const eraseUserData = erases<Work>('social', outbox, [
  posts,
  comments,
  likes,
  follows,
  blocks,
  reports,
  profile,
]);
