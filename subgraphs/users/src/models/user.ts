import { collection } from '@mealprep360/mongo/collection';
import { role, type Role } from '../domain/user.ts';

/** Projection: who a person is, and the version of the aggregate that all four projections stand at. */
export interface UserRecord {
  _id: string;
  email: string;
  /** the address in the form in which two of them are compared */
  emailKey: string;
  displayName: string;
  avatar: string | null;
  roles: Role[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const userCollection = collection<UserRecord>(
  'users',
  {
    email: { type: String, required: true, maxlength: 254 },
    emailKey: { type: String, required: true },
    displayName: { type: String, required: true, maxlength: 80 },
    avatar: { type: String, default: null },
    roles: [{ type: String, enum: role.options }],
    version: { type: Number, required: true, min: 1 },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  [[{ emailKey: 1 }, { unique: true }]],
);
