import type { Background, Surroundings } from '@mealprep360/service/subgraph';
import { setTimeout as pause } from 'node:timers/promises';
import { userSessionCollection } from './models/user-session.ts';

// An access token is good for 15 minutes by itself: for so long the gateway has to know that its session was ended.
// `user_sessions` is the truth, and Redis where the gateway looks.

// (with the five seconds by which clocks may differ)
const TOKEN_LIFE_SECONDS = 15 * 60 + 5;
const EVERY = 2000;
/**
 * Stands in Redis from when it was told all, and goes when Redis loses its data: the braces keep it on the same server of
 * a cluster as all that it vouches for.
 */
const FILLED = '{revoked}:filled';

type Parts = Pick<Surroundings, 'db' | 'redis'>;

/** The sessions ended within the last 15 minutes (and a little more: the database's clock is not ours). */
export async function recentlyRevoked({ db }: Pick<Parts, 'db'>, unannounced = false): Promise<string[]> {
  const since = new Date(Date.now() - (TOKEN_LIFE_SECONDS + 60) * 1000);
  const rows = await db
    .raw(userSessionCollection)
    .find({ revokedAt: { $gt: since }, ...(unannounced && { announcedAt: null }) }, { projection: { _id: 1 } })
    .toArray();
  return rows.map(({ _id }) => _id);
}

/** Tells Redis that these sessions have ended; throws when it did not take all of them. */
async function announce({ db, redis }: Parts, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  await Promise.all(sessionIds.map(id => redis.set(`{revoked}:${id}`, '1', 'EX', TOKEN_LIFE_SECONDS)));
  const told = { $set: { announcedAt: new Date() } };
  await db.raw(userSessionCollection).updateMany({ _id: { $in: [...sessionIds] } }, told);
}

/**
 * Announces sessions right after the commit that ended them. A Redis that does not take it within 200 ms is told
 * later: the sessions stay marked as not announced.
 */
export async function announceNow(
  parts: Parts & Pick<Surroundings, 'logger'>,
  sessionIds: readonly string[],
): Promise<void> {
  try {
    await announce(parts, sessionIds);
  } catch (error) {
    parts.logger.warn({ err: error }, 'ended sessions are announced later');
  }
}

/** Tells Redis what it missed, and all of it again after it lost its data. */
async function catchUp(parts: Parts): Promise<void> {
  const filled = (await parts.redis.exists(FILLED)) === 1;
  await announce(parts, await recentlyRevoked(parts, filled));
  if (!filled) await parts.redis.set(FILLED, '1');
}

/** Keeps Redis in step with the sessions that were ended: one look every 2 seconds. */
export function keepAnnounced({ db, redis, logger }: Surroundings): Background {
  const stopping = new AbortController();
  const loop = async () => {
    let failing = false;
    while (!stopping.signal.aborted) {
      try {
        if (db.isReady()) await catchUp({ db, redis });
        failing = false;
      } catch (error) {
        if (!failing) logger.warn({ err: error }, 'ended sessions cannot be announced; trying again');
        failing = true;
      }
      await pause(EVERY, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
