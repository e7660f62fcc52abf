import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { maySeePrivate, signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { shownTo, type BlogCommentRecord } from '../../models/blog-comment.ts';

export const moderateBlogComment: NonNullable<MutationResolvers['moderateBlogComment']> = async (
  _,
  { id, status },
  { viewer, commit },
) => {
  signedIn(viewer);
  const _id = valid(idSchema, id, ['id']);
  return commit(async ({ comments, session }) => {
    const shown = { _id, ...shownTo(viewer) };
    const comment = await comments.findOne(shown).session(session).lean<BlogCommentRecord>();
    if (comment === null) throw fault('COMMENT_NOT_FOUND', 'There is no comment of this id.', ['id']);
    if (!maySeePrivate(viewer, comment.postAuthorId)) {
      throw fault('FORBIDDEN', 'Only the author of the post and operators decide on its comments.');
    }
    await comments.updateOne({ _id }, { status }, { session });
    return { comment: { ...comment, status }, userErrors: [] };
  });
};
