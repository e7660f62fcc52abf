import type { Logger } from '@mealprep360/service/logger';
import { Redis } from 'ioredis';
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
 * Redis holds `revoked:<sid>`. Where it does not answer, or was away since users was asked last (and so may have lost
 * keys), users is asked: `askUsers` resolves with `{revoked: [sid, …]}` of the last 15 minutes. When users is away
 * too, the token holds.
 */
export function revocations(redisUrl: string, askUsers: () => Promise<unknown>, log: Logger): Revocations {
  const redis = connect(redisUrl, log);
  const learnt = new Map<string, number>();
  // What was learnt from users covers Redis's losses up to this one.
  let losses = 0;
  let covered = -1;
  const lost = () => {
    losses += 1;
  };
  let lastAsked = { at: -Infinity, answer: Promise.resolve() };
  redis.on('close', lost);
  const breaker = circuitBreaker({
    failuresInARow: 1,
    probeEvery: 500,
    probe: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    onChange: state => {
      lost();
      log.warn(state === 'open' ? 'Redis does not answer: users is asked for ended sessions' : 'Redis is back');
    },
  });

  const learn = async () => {
    const covers = redis.status === 'ready' && !breaker.isOpen() ? losses : covered;
    const { revoked } = answerOfUsers.parse(await askUsers());
    const now = Date.now();
    for (const [sessionId, at] of learnt) if (now - at > tokenLife) learnt.delete(sessionId);
    for (const sessionId of revoked) learnt.set(sessionId, now);
    covered = covers;
  };
  const learnAtMostEvery = (pause: number) => {
    if (performance.now() - lastAsked.at >= pause) {
      const answer = learn().catch((error: unknown) => {
        log.warn({ err: error }, 'ended sessions cannot be learnt from users now');
      });
      lastAsked = { at: performance.now(), answer };
    }
    return lastAsked.answer;
  };
  const inRedis = async (sessionId: string): Promise<boolean | null> => {
    if (redis.status !== 'ready' || breaker.isOpen()) return null;
    try {
      return (await redis.exists(`revoked:${sessionId}`)) === 1;
    } catch {
      // whatever the reason is, users knows as well
      breaker.failed();
      return null;
    }
  };
  return {
    isRevoked: async sessionId => {
      if (learnt.has(sessionId)) return true;
      const known = await inRedis(sessionId);
      if (known === true) return true;
      if (known === false && covered === losses) {
        void learnAtMostEvery(askedAnyway);
        return false;
      }
      await learnAtMostEvery(askedInNeed);
      return learnt.has(sessionId);
    },
    close: () => {
      breaker.dispose();
      redis.disconnect();
    },
  };
}

function connect(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    replyMapping: 'legacy',
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
