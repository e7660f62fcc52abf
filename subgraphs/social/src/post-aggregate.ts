import { PostCommented, PostLiked, SocialPostCreated, SocialPostDeleted } from '@mealprep360/contracts/social';
import { newId } from '@mealprep360/mongo/id';
import { fault } from '@mealprep360/service/fault';
import type { Work } from './context.ts';
import type { CommentInput, PostInput } from './domain/post-input.ts';
import { areHidden } from './hidden.ts';
import type { CommentRecord } from './models/comment.ts';
import type { SocialPostRecord } from './models/social-post.ts';

// A post counts its likes and comments: its counts change with them, in one transaction.

export async function createPost(work: Work, authorId: string, input: PostInput): Promise<SocialPostRecord> {
  const _id = newId();
  const { recipeId, mealPlanId } = input;
  const post = { _id, authorId, ...input, likeCount: 0, commentCount: 0, createdAt: work.now };
  await work.posts.create([post], { session: work.session });
  work.emit(SocialPostCreated.of(_id, 1, { id: _id, authorId, recipeId, mealPlanId, createdAt: work.now }));
  return post;
}

/** A post goes, with its comments and likes; reports of it stay. Throws a Fault POST_NOT_FOUND for all but the author. */
export async function deletePost(work: Work, authorId: string, postId: string): Promise<void> {
  const { session } = work;
  const { deletedCount } = await work.posts.deleteOne({ _id: postId, authorId }, { session });
  if (deletedCount === 0) throw fault('POST_NOT_FOUND', 'You have no post of this id.', ['id']);
  await work.comments.deleteMany({ postId }, { session });
  await work.likes.deleteMany({ postId }, { session });
  work.entomb('SocialPost', postId);
  work.emit(SocialPostDeleted.of(postId, 2, { id: postId, authorId }));
}

/** Throws a Fault POST_NOT_FOUND or COMMENT_NOT_FOUND. */
export async function addComment(work: Work, authorId: string, input: CommentInput): Promise<CommentRecord> {
  const { postId, body, replyTo: replyToId } = input;
  const { session } = work;
  const post = await visiblePost(work, authorId, postId);
  if (replyToId !== null) await refuseReplyToNothing(work, authorId, postId, replyToId);
  const _id = newId();
  const postAuthorId = post.authorId;
  const comment = { _id, postId, postAuthorId, authorId, body, replyToId, createdAt: work.now };
  await work.comments.create([comment], { session });
  await work.posts.updateOne({ _id: postId }, { $inc: { commentCount: 1 } }, { session });
  work.emit(PostCommented.of(_id, 1, { id: _id, postId, postAuthorId, authorId, replyToId }));
  return comment;
}

async function refuseReplyToNothing(work: Work, userId: string, postId: string, replyToId: string): Promise<void> {
  const answered = await work.comments.findOne({ _id: replyToId, postId }).session(work.session).lean<CommentRecord>();
  if (answered !== null && !(await areHidden(work, userId, answered.authorId))) return;
  throw fault('COMMENT_NOT_FOUND', 'There is no comment of this id on this post.', ['replyTo']);
}

/** Replies to it stay. Throws a Fault COMMENT_NOT_FOUND for all but the author. */
export async function deleteComment({ comments, posts, session }: Work, authorId: string, _id: string): Promise<void> {
  const comment = await comments.findOneAndDelete({ _id, authorId }, { session }).lean<CommentRecord>();
  if (comment === null) throw fault('COMMENT_NOT_FOUND', 'You have no comment of this id.', ['id']);
  await posts.updateOne({ _id: comment.postId }, { $inc: { commentCount: -1 } }, { session });
}

/** Throws a Fault POST_NOT_FOUND. */
export async function like(work: Work, userId: string, postId: string): Promise<SocialPostRecord> {
  const { likes, session } = work;
  const post = await visiblePost(work, userId, postId);
  if ((await likes.exists({ postId, userId }).session(session)) !== null) return post;
  const _id = newId();
  await likes.create([{ _id, postId, userId, createdAt: work.now }], { session });
  work.emit(PostLiked.of(_id, 1, { id: _id, postId, postAuthorId: post.authorId, userId }));
  return countLike(work, post, 1);
}

/** Throws a Fault POST_NOT_FOUND. */
export async function unlike(work: Work, userId: string, postId: string): Promise<SocialPostRecord> {
  const post = await visiblePost(work, userId, postId);
  const { deletedCount } = await work.likes.deleteOne({ postId, userId }, { session: work.session });
  return deletedCount === 0 ? post : countLike(work, post, -1);
}

async function countLike({ posts, session }: Work, post: SocialPostRecord, by: 1 | -1): Promise<SocialPostRecord> {
  await posts.updateOne({ _id: post._id }, { $inc: { likeCount: by } }, { session });
  return { ...post, likeCount: post.likeCount + by };
}

/** The first report of a user stands. Throws a Fault POST_NOT_FOUND. */
export async function report(work: Work, reporterId: string, postId: string, reason: string): Promise<void> {
  const { reports, session } = work;
  const { authorId: postAuthorId } = await visiblePost(work, reporterId, postId);
  if ((await reports.exists({ postId, reporterId }).session(session)) !== null) return;
  const row = { _id: newId(), postId, postAuthorId, reporterId, reason, createdAt: work.now };
  await reports.create([row], { session });
}

async function visiblePost(work: Work, userId: string, postId: string): Promise<SocialPostRecord> {
  const post = await work.posts.findById(postId).session(work.session).lean<SocialPostRecord>();
  if (post !== null && !(await areHidden(work, userId, post.authorId))) return post;
  throw fault('POST_NOT_FOUND', 'There is no post of this id.', ['postId']);
}
