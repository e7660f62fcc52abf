import { collection } from '@mealprep360/mongo/collection';

interface AppliedMutation {
  /** `<item>:<user>:<clientMutationId>` */
  _id: string;
  userId: string;
  at: Date;
}

const MONTH = 30 * 24 * 60 * 60;

/** What clients asked for and was done, so that the same request sent again does nothing; kept for 30 days. */
export const appliedMutationCollection = collection<AppliedMutation>(
  'applied_mutations',
  { userId: { type: String, required: true }, at: { type: Date, required: true } },
  [[{ at: 1 }, { expireAfterSeconds: MONTH }], [{ userId: 1 }]],
);
