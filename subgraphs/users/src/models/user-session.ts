import { collection } from '@mealprep360/mongo/collection';

/** One sign-in on one device. What it is proved by is kept as a hash only. */
export interface UserSessionRecord {
  /** the `sid` of its access tokens, a random UUID */
  _id: string;
  userId: string;
  /** stands in every refresh token of this session, and in nothing else: a token with it that is not the current one is spent */
  family: string;
  /** SHA-256 of the one refresh token that is good now */
  tokenHash: string;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** when it was ended; null while it goes on */
  revokedAt: Date | null;
  /** when the gateways' Redis was told that it was ended */
  announcedAt: Date | null;
}

/** A list without pages has a cap: so many sessions are shown, the newest. */
export const MAX_SESSIONS = 50;

const date = { type: Date, required: true };
const dateOrNull = { type: Date, default: null };

export const userSessionCollection = collection<UserSessionRecord>(
  'user_sessions',
  {
    userId: { type: String, required: true },
    family: { type: String, required: true },
    tokenHash: { type: String, required: true },
    userAgent: { type: String, default: null, maxlength: 300 },
    createdAt: date,
    lastSeenAt: date,
    expiresAt: date,
    revokedAt: dateOrNull,
    announcedAt: dateOrNull,
  },
  [
    [{ userId: 1, createdAt: -1 }],
    [{ revokedAt: 1 }, { partialFilterExpression: { revokedAt: { $type: 'date' } } }],
    // An hour after its end no access token of the session is good any more, and nobody asks whether it was revoked.
    [{ expiresAt: 1 }, { expireAfterSeconds: 3600 }],
  ],
);
