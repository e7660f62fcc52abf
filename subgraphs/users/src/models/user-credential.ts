import { collection } from '@mealprep360/mongo/collection';

/** What a person proves that it is them by; `_id` is the user's. Never in an event. */
export interface UserCredentialRecord {
  _id: string;
  /** argon2id in its PHC string form, with salt and parameters */
  passwordHash: string;
  changedAt: Date;
}

export const userCredentialCollection = collection<UserCredentialRecord>('user_credentials', {
  passwordHash: { type: String, required: true },
  changedAt: { type: Date, required: true },
});
