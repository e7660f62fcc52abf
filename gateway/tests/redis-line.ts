import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to the real Redis that can be cut, or go silent, without hurting anybody else's. */
export interface RedisLine {
  url: string;
  cut: () => void;
  /** what Redis was asked, also what it did not hear */
  asked: () => string;
  /** what Redis has answered since the line was mended */
  replies: () => string;
  mend: () => void;
  /** accepts everything and answers nothing */
  silence: () => void;
  close: () => Promise<void>;
}

export async function redisLine(target: string): Promise<RedisLine> {
  let state: 'open' | 'cut' | 'silent' = 'open';
  let asked = '';
  let replies = '';
  const sockets = new Set<Socket>();
  const destroyAll = () => {
    sockets.forEach(socket => socket.destroy());
  };
  const address = new URL(target);
  const server = createServer(client => {
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const redis = connect(Number(address.port), address.hostname);
    for (const socket of [client, redis]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => redis.destroy());
    redis.on('close', () => client.destroy());
    client.on('data', data => {
      asked += data.toString();
      if (state === 'open') redis.write(data);
    });
    redis.on('data', data => {
      replies += data.toString();
      if (state === 'open') client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: () => {
      state = 'cut';
      destroyAll();
    },
    mend: () => {
      state = 'open';
      replies = '';
    },
    asked: () => asked,
    replies: () => replies,
    silence: () => {
      state = 'silent';
    },
    close: async () => {
      destroyAll();
      server.close();
      await once(server, 'close');
    },
  };
}
