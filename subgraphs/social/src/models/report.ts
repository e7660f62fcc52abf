import { collection } from '@mealprep360/mongo/collection';

/** What one user says is wrong with a post; kept when the post goes. */
export interface ReportRecord {
  _id: string;
  postId: string;
  postAuthorId: string;
  reporterId: string;
  reason: string;
  createdAt: Date;
}

export const reportCollection = collection<ReportRecord>(
  'reports',
  {
    postId: { type: String, required: true },
    postAuthorId: { type: String, required: true },
    reporterId: { type: String, required: true },
    reason: { type: String, required: true, maxlength: 1000 },
    createdAt: { type: Date, required: true },
  },
  [[{ postId: 1, reporterId: 1 }, { unique: true }], [{ reporterId: 1 }], [{ postAuthorId: 1 }]],
);
