import { id } from '@mealprep360/contracts/vocabulary';
import { newId } from '@mealprep360/mongo/id';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import type { Work } from '../../context.ts';
import { statusOf } from '../../domain/post-status.ts';
import { writtenText } from '../../domain/written-text.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { shownTo, type BlogCommentRecord } from '../../models/blog-comment.ts';
import type { BlogPostRecord } from '../../models/blog-post.ts';

const comment = z.object({ postId: id, body: writtenText('A comment', 2000), replyTo: id.nullish() });

export const addBlogComment: NonNullable<MutationResolvers['addBlogComment']> = async (_, args, { viewer, commit }) => {
  const authorId = signedIn(viewer);
  const { postId, body, replyTo } = valid(comment, args);
  return commit(async work => {
    const post = await publishedPost(work, postId);
    if (replyTo != null) {
      const answered = { _id: replyTo, postId, ...shownTo(viewer) };
      if (!(await work.comments.exists(answered).session(work.session))) {
        throw fault('COMMENT_NOT_FOUND', 'There is no comment of this id on this post.', ['replyTo']);
      }
    }
    const added: BlogCommentRecord = {
      ...{ _id: newId(), postId, postAuthorId: post.authorId, authorId, body, replyToId: replyTo ?? null },
      status: authorId === post.authorId ? 'APPROVED' : 'PENDING',
      createdAt: work.now,
    };
    await work.comments.create([added], { session: work.session });
    return { comment: added, userErrors: [] };
  });
};

async function publishedPost(work: Work, _id: string): Promise<BlogPostRecord> {
  const post = await work.posts.findOne({ _id }).session(work.session).lean<BlogPostRecord>();
  if (post === null || statusOf(post, work.now) !== 'PUBLISHED') {
    throw fault('POST_NOT_FOUND', 'There is no published post of this id.', ['postId']);
  }
  return post;
}
