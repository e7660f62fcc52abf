import { collection } from '@mealprep360/mongo/collection';

/** The passwords that were tried for one address of late. */
export interface PasswordAttemptRecord {
  /** a hash: nobody learns from it which addresses were tried */
  _id: string;
  tries: number;
  /** when the counting starts anew */
  until: Date;
}

export const passwordAttemptCollection = collection<PasswordAttemptRecord>(
  'password_attempts',
  { tries: { type: Number, required: true }, until: { type: Date, required: true } },
  [[{ until: 1 }, { expireAfterSeconds: 0 }]],
);
