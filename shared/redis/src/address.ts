/** Where a Redis Cluster is, and who asks: some of its servers, which tell of the others. */
export interface ClusterAddress {
  servers: { host: string; port: number }[];
  username?: string;
  password?: string;
  /** whether the connections are encrypted */
  tls: boolean;
}

const single = /^rediss?:\/\//;
const cluster = /^(rediss?)\+cluster:\/\/(?:([^@/]*)@)?([^/?#]*)(.*)$/;

/** What is wrong with a `REDIS_URL`, for whoever wrote it; null when nothing is. */
export function addressFault(url: string): string | null {
  if (single.test(url)) {
    const hosts = url.slice(url.lastIndexOf('@') + 1);
    return hosts.includes(',') ? 'names several servers: a cluster is written redis+cluster://one:6379,two:6379' : null;
  }
  const [, , , hosts = '', rest = ''] = cluster.exec(url) ?? [];
  if (!cluster.test(url)) return 'must start with redis://, rediss://, redis+cluster:// or rediss+cluster://';
  if (!['', '/', '/0'].includes(rest)) return 'a cluster has no numbered databases and no parameters';
  return hosts.split(',').every(host => serverOf(host) !== null)
    ? null
    : 'must name its servers as host:port, with commas';
}

/** Reads `redis+cluster://user:password@one:6379,two:6379`; null for the address of a single server. */
export function clusterAddress(url: string): ClusterAddress | null {
  const [, scheme, login = '', hosts = ''] = cluster.exec(url) ?? [];
  if (scheme === undefined) return null;
  const [username = '', ...password] = login.split(':');
  return {
    servers: hosts.split(',').flatMap(host => serverOf(host) ?? []),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password.length > 0 && { password: decodeURIComponent(password.join(':')) }),
    tls: scheme === 'rediss',
  };
}

function serverOf(text: string): { host: string; port: number } | null {
  const [, ipv6, name, port = '6379'] = /^(?:\[([\da-f:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = ipv6 ?? name;
  return host === undefined ? null : { host, port: Number(port) };
}
