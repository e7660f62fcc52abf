import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { clusterAddress, type ClusterAddress } from './address.ts';

/** One server, or a cluster of them: the same commands. */
export type RedisClient = Redis | Cluster;

type Options = Omit<RedisOptions, 'replyMapping'>;

// replies look the same whichever protocol version the server speaks
const replyMapping = 'legacy';
const common = {
  connectTimeout: 2000,
  retryStrategy: (times: number) => Math.min(2000, 50 * times) * (0.5 + Math.random() / 2),
} satisfies RedisOptions;

/**
 * Connects to `redis://…` or `rediss://…` (one server), or to `redis+cluster://…` or `rediss+cluster://…`, with the
 * same options. In a cluster, keys of one command share a slot: the part of their names within braces is the same.
 */
export function connectRedis(url: string, options: Options): RedisClient {
  const address = clusterAddress(url);
  const all = { ...common, ...options };
  return address ? connectCluster(address, all) : new Redis(url, { ...all, replyMapping });
}

function connectCluster({ servers, tls, ...login }: ClusterAddress, options: Options): Cluster {
  const { retryStrategy, enableOfflineQueue = true, lazyConnect = false, ...ofEach } = options;
  return new Cluster(servers, {
    redisOptions: { ...ofEach, replyMapping, ...login, ...(tls && { tls: {} }) },
    clusterRetryStrategy: retryStrategy,
    enableOfflineQueue,
    lazyConnect,
    // whoever does not wait for a server that is away gives up after these many tries of 100 ms
    maxRedirections: enableOfflineQueue ? 16 : 4,
    // so long until a server that came back, or another in its place, is noticed
    slotsRefreshInterval: 2000,
    // a certificate is for a name, and not for the address that it leads to
    ...(tls && { dnsLookup: (name, callback) => callback(null, name) }),
  });
}

/** Calls back whenever a server is there (again), perhaps as a new and empty one. */
export function onUp(client: RedisClient, listener: () => void): void {
  client.on('ready', listener);
  if (!(client instanceof Cluster)) return;
  const watch = (server: Redis) => {
    // at first, and after all were away, the servers are there before the cluster is
    server.on('ready', () => client.status === 'ready' && listener());
    // else a server that nobody asks is not known to be back; one that is still away is tried again
    if (server.status === 'wait') server.connect().catch(() => undefined);
  };
  client.nodes().forEach(watch);
  client.on('+node', watch);
}

/** Calls back whenever a server has gone, and what it kept perhaps with it. */
export function onAway(client: RedisClient, listener: () => void): void {
  client.on('close', listener);
  if (client instanceof Cluster) client.on('-node', listener);
}

/** Each server that keeps something, as a client of its own. */
export function serversOf(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes('master') : [client];
}
