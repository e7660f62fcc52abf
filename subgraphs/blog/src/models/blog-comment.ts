import { collection } from '@mealprep360/mongo/collection';
import type { Viewer } from '@mealprep360/service/tokens';
import { isOperator } from '@mealprep360/service/viewer';

export const commentStatuses = ['PENDING', 'APPROVED', 'REJECTED'] as const;

export interface BlogCommentRecord {
  _id: string;
  postId: string;
  /** who decides on it; a post never changes hands */
  postAuthorId: string;
  authorId: string;
  body: string;
  replyToId: string | null;
  status: (typeof commentStatuses)[number];
  createdAt: Date;
}

export const blogCommentCollection = collection<BlogCommentRecord>(
  'blog_comments',
  {
    postId: { type: String, required: true },
    postAuthorId: { type: String, required: true },
    authorId: { type: String, required: true },
    body: { type: String, required: true, maxlength: 2000 },
    replyToId: { type: String, default: null },
    status: { type: String, enum: commentStatuses, required: true },
    createdAt: { type: Date, required: true },
  },
  [[{ postId: 1, createdAt: 1, _id: 1 }], [{ authorId: 1 }]],
);

/** The comments that a viewer may see, as far as the post may be seen at all. */
export function shownTo(viewer: Viewer): object {
  if (isOperator(viewer)) return {};
  const { userId } = viewer;
  return userId === null
    ? { status: 'APPROVED' }
    : { $or: [{ status: 'APPROVED' }, { authorId: userId }, { postAuthorId: userId }] };
}
