import { connectRedis, onUp, serversOf, type RedisClient } from '@mealprep360/redis/connect';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** A connection for commands that answer at once: they fail while Redis is away, and never hang. */
export function redisWriter(url: string, name: string, logger: Logger): RedisClient {
  const redis = connectRedis(url, {
    connectionName: name,
    commandTimeout: 3000,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
  tellState(redis, logger);
  onUp(redis, () => serversOf(redis).forEach(server => void warnOfEviction(server, logger)));
  return redis;
}

/** A connection for one blocking reader: it waits while Redis is away, and notices a connection that died unseen. */
export function redisReader(url: string, name: string, logger: Logger): RedisClient {
  const redis = connectRedis(url, {
    connectionName: name,
    maxRetriesPerRequest: null,
    blockingTimeout: 10_000,
    socketTimeout: 15_000,
  });
  tellState(redis, logger);
  return redis;
}

function tellState(redis: RedisClient, logger: Logger): void {
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (!isAway) logger.warn({ reason: error.message }, 'Redis is away: events are delayed');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.info('Redis is back');
    isAway = false;
  });
}

// A Redis that evicts would drop whole streams: nothing is lost by it, but every reader falls back to history.
async function warnOfEviction(redis: Redis, logger: Logger): Promise<void> {
  try {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction') {
      logger.warn({ policy }, 'Redis may evict streams: set maxmemory-policy noeviction');
    }
  } catch (error) {
    logger.debug({ err: error }, 'Redis did not tell its maxmemory-policy');
  }
}
