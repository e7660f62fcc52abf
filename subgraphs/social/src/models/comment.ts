import { collection } from '@mealprep360/mongo/collection';

export interface CommentRecord {
  _id: string;
  postId: string;
  /** the post's author, who may be hidden from the viewer with all that is said there */
  postAuthorId: string;
  authorId: string;
  body: string;
  /** a comment on the same post, which may be gone by now */
  replyToId: string | null;
  createdAt: Date;
}

export const commentCollection = collection<CommentRecord>(
  'comments',
  {
    postId: { type: String, required: true },
    postAuthorId: { type: String, required: true },
    authorId: { type: String, required: true },
    body: { type: String, required: true, maxlength: 2000 },
    replyToId: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  [[{ postId: 1, createdAt: 1, _id: 1 }], [{ authorId: 1 }]],
);
