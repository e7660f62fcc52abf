import { connectRedis, onAway, type RedisClient } from '@mealprep360/redis/connect';
import type { Logger } from '@mealprep360/service/logger';
import { z } from 'zod';
import { circuitBreaker } from './circuit-breaker.ts';

/** Knows which sessions were ended while their access tokens, good for 15 minutes, still look valid. */
export interface Revocations {
  isRevoked: (sessionId: string) => Promise<boolean>;
  close: () => void;
}

const tokenLife = 15 * 60_000;
const redisWait = 200;
const askedInNeed = 1000;
// A Redis that was emptied without going away tells nobody.
const askedAnyway = 10_000;
const answerOfUsers = z.object({ revoked: z.array(z.string()) });

/**
 * Redis holds `{revoked}:<sid>`, all in one slot of a cluster. Where it does not answer, or was away since users was asked last (and so may have lost
 * keys), users is asked: `askUsers` resolves with `{revoked: [sid, …]}` of the last 15 minutes. When users is away
 * too, the token holds.
 */
export function revocations(redisUrl: string, askUsers: () => Promise<unknown>, log: Logger): Revocations {
  // What was learnt from users makes up for Redis's absences up to this one.
  let absence = 0;
  let madeUpFor = -1;
  const redis = redisOf(redisUrl, log, () => {
    absence += 1;
  });
  const users = usersMemory(askUsers, log);

  const ask = async () => {
    const during = absence;
    const wasThere = redis.isThere();
    if ((await users.learn()) && wasThere) madeUpFor = during;
  };
  let last = { at: -Infinity, done: Promise.resolve() };
  /** Asks users, or waits with those who did so within the last `pause` milliseconds. */
  const learn = (pause: number): Promise<void> => {
    if (performance.now() - last.at >= pause) last = { at: performance.now(), done: ask() };
    return last.done;
  };
  return {
    isRevoked: async sessionId => {
      if (users.know(sessionId)) return true;
      const known = await redis.knows(sessionId);
      if (known === true) return true;
      if (known === false && madeUpFor === absence) {
        void learn(askedAnyway);
        return false;
      }
      await learn(askedInNeed);
      return users.know(sessionId);
    },
    close: redis.close,
  };
}

/** What users said of the last 15 minutes. */
function usersMemory(askUsers: () => Promise<unknown>, log: Logger) {
  const learntAt = new Map<string, number>();

  const learn = async (): Promise<boolean> => {
    try {
      const { revoked } = answerOfUsers.parse(await askUsers());
      const now = Date.now();
      for (const [sessionId, at] of learntAt) if (now - at > tokenLife) learntAt.delete(sessionId);
      for (const sessionId of revoked) learntAt.set(sessionId, now);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'ended sessions cannot be learnt from users now');
      return false;
    }
  };
  return {
    know: (sessionId: string) => learntAt.has(sessionId),
    /** Resolves with whether users answered. */
    learn,
  };
}

const keyOf = (name: string): string => `{revoked}:${name}`;

/** The sessions that Redis knows to be ended; null while it does not answer. */
function redisOf(url: string, log: Logger, lost: () => void) {
  const redis = connect(url, log);
  onAway(redis, lost);
  const breaker = circuitBreaker({
    failuresInARow: 1,
    probeEvery: 500,
    probe: () =>
      redis.exists(keyOf('filled')).then(
        () => true,
        () => false,
      ),
    onChange: state => {
      lost();
      log.warn(state === 'open' ? 'Redis does not answer: users is asked for ended sessions' : 'Redis is back');
    },
  });
  const isThere = () => redis.status === 'ready' && !breaker.isOpen();
  return {
    isThere,
    knows: async (sessionId: string): Promise<boolean | null> => {
      if (!isThere()) return null;
      try {
        return (await redis.exists(keyOf(sessionId))) === 1;
      } catch {
        // whatever the reason is, users knows as well
        breaker.failed();
        return null;
      }
    },
    close: () => {
      breaker.dispose();
      redis.disconnect();
    },
  };
}

function connect(url: string, log: Logger): RedisClient {
  const redis = connectRedis(url, {
    connectionName: 'gateway',
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: redisWait,
    connectTimeout: 1000,
    retryStrategy: attempt => Math.min(attempt * 100, 2000),
  });
  redis.on('error', (error: Error) => {
    log.debug({ err: error }, 'Redis');
  });
  return redis;
}
