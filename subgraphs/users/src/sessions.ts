import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Work } from './context.ts';
import { readRefreshToken, writeRefreshToken, type RefreshToken } from './domain/refresh-token.ts';
import type { UserSessionRecord } from './models/user-session.ts';

/** Once in 30 days a person signs in again, however often they come: NIST SP 800-63B, 4.1.3. */
const LIFE = 30 * 24 * 3600_000;

/** A session as its holder gets it: the refresh token is told once and stored nowhere. */
export interface Held {
  userId: string;
  sessionId: string;
  refreshToken: string;
}

export async function openSession(work: Work, userId: string, userAgent: string | null): Promise<Held> {
  const token = newToken(randomUUID(), randomBytes(16).toString('base64url'));
  const session: UserSessionRecord = {
    _id: token.sessionId,
    userId,
    family: token.family,
    tokenHash: hashOf(token),
    userAgent: userAgent?.slice(0, 300) ?? null,
    createdAt: work.now,
    lastSeenAt: work.now,
    expiresAt: new Date(work.now.getTime() + LIFE),
    revokedAt: null,
    announcedAt: null,
  };
  await work.sessions.create([session], { session: work.session });
  return held(userId, token);
}

/** The user's session while it goes on; null when it has ended or never was. */
export const liveSession = (work: Work, userId: string, sessionId: string | null): Promise<UserSessionRecord | null> =>
  work.sessions
    .findOne({ _id: sessionId ?? '', userId, revokedAt: null, expiresAt: { $gt: work.now } })
    .session(work.session)
    .lean<UserSessionRecord | null>();

export type Refreshed =
  { outcome: 'ROTATED'; held: Held } | { outcome: 'REUSED'; sessionId: string } | { outcome: 'UNKNOWN' };

/**
 * Spends a refresh token for the next one. A token that was spent before ends its session: either it was stolen, or
 * its holder was robbed of the answer, and nobody can tell.
 */
export async function refresh(work: Work, text: string): Promise<Refreshed> {
  const token = readRefreshToken(text);
  if (token === null) return { outcome: 'UNKNOWN' };
  const session = await work.sessions
    .findOne({ _id: token.sessionId, family: token.family, revokedAt: null, expiresAt: { $gt: work.now } })
    .session(work.session)
    .lean<UserSessionRecord | null>();
  if (session === null) return { outcome: 'UNKNOWN' };
  if (session.tokenHash !== hashOf(token)) {
    await endSessions(work, { _id: session._id });
    return { outcome: 'REUSED', sessionId: session._id };
  }
  return { outcome: 'ROTATED', held: await rotate(work, session) };
}

/** The next refresh token of a session; the one before is spent. */
export async function rotate(work: Work, session: UserSessionRecord): Promise<Held> {
  const token = newToken(session._id, session.family);
  const next = { tokenHash: hashOf(token), lastSeenAt: work.now };
  await work.sessions.updateOne({ _id: session._id }, { $set: next }, { session: work.session });
  return held(session.userId, token);
}

/** Ends those of these sessions that go on, and answers their ids: each is to be announced after the commit. */
export async function endSessions(
  work: Work,
  which: { _id?: string | { $ne: string | null }; userId?: string },
): Promise<string[]> {
  const ending = await work.sessions
    .find({ ...which, revokedAt: null })
    .select('_id')
    .session(work.session)
    .lean<{ _id: string }[]>();
  const ids = ending.map(({ _id }) => _id);
  const ended = { revokedAt: work.now };
  await work.sessions.updateMany({ _id: { $in: ids } }, { $set: ended }, { session: work.session });
  return ids;
}

/**
 * Of somebody who is gone only that their sessions have ended is kept, for as long as a token of them may be shown:
 * not whose they were, nor of which device.
 */
export async function forgetSessions({ sessions, session, now }: Work, userId: string): Promise<void> {
  const revokedAt = { $ifNull: ['$revokedAt', now] };
  const forgotten = { userId: 'erased', userAgent: null, revokedAt, expiresAt: now };
  await sessions.updateMany({ userId }, [{ $set: forgotten }], { session, updatePipeline: true });
}

// Of 256 random bits: a fast hash of them cannot be guessed back.
const hashOf = ({ secret }: RefreshToken): string => createHash('sha256').update(secret).digest('base64url');

const newToken = (sessionId: string, family: string): RefreshToken => ({
  sessionId,
  family,
  secret: randomBytes(32).toString('base64url'),
});

const held = (userId: string, token: RefreshToken): Held => ({
  userId,
  sessionId: token.sessionId,
  refreshToken: writeRefreshToken(token),
});
