import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What goes wrong on the way between a client and a server. */
export type Disturbance =
  /** connections break, and new ones are refused */
  | { kind: 'cut' }
  /** what either side sends arrives so many milliseconds later */
  | { kind: 'delay'; milliseconds: number }
  /** connections stay open, and nothing arrives any more */
  | { kind: 'half-open' }
  /** the next request that holds these bytes is done, and its reply is lost with the connection */
  | { kind: 'lose-reply'; to: string };

export interface FaultProxy {
  port: number;
  /**
   * Disturbs connections of one client (null: of all) until the answered function is called. A client is known by
   * what it says of itself first: its `appName` to MongoDB, its user to Redis.
   */
  disturb: (disturbance: Disturbance, client: string | null) => () => void;
  /** how many replies were lost so far */
  lost: () => number;
  close: () => Promise<void>;
}

interface Active {
  disturbance: Disturbance;
  client: string | null;
}

interface Line {
  sides: readonly [Socket, Socket];
  client: string | null;
  /** swallowed bytes cannot be brought back: such a line breaks when it may speak again */
  isDeaf: boolean;
  /** a reply is to be lost */
  losing: boolean;
}

/** Listens on a free port of this machine and passes on what comes, byte by byte. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const lines = new Set<Line>();
  let active: Active[] = [];
  let lost = 0;
  const on = (line: Line, kind: Disturbance['kind']) =>
    active.find(one => one.disturbance.kind === kind && (one.client === null || one.client === line.client));
  const breakOff = (line: Line): void => {
    for (const side of line.sides) side.destroy();
    lines.delete(line);
  };

  const request = (line: Line, bytes: Buffer): void => {
    line.client ??= clientOf(bytes);
    if (on(line, 'cut')) breakOff(line);
    const hit = on(line, 'lose-reply');
    if (hit?.disturbance.kind === 'lose-reply' && bytes.includes(hit.disturbance.to)) {
      active = active.filter(one => one !== hit);
      line.losing = true;
    }
  };
  const reply = (line: Line): boolean => {
    if (!line.losing) return true;
    lost += 1;
    breakOff(line);
    return false;
  };
  const pass = (line: Line, bytes: Buffer, to: Socket): void => {
    if (on(line, 'half-open')) line.isDeaf = true;
    else if (!line.isDeaf) to.write(bytes);
  };

  const server = createServer(incoming => {
    const outgoing = connect({ host: '127.0.0.1', port: target });
    const line: Line = { sides: [incoming, outgoing], client: null, isDeaf: false, losing: false };
    lines.add(line);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.setNoDelay(true);
      let queue = Promise.resolve();
      let waiting = 0;
      from.on('data', (bytes: Buffer) => {
        if (from === incoming) request(line, bytes);
        else if (!reply(line)) return;
        const delay = on(line, 'delay')?.disturbance;
        if (waiting === 0 && delay === undefined) {
          pass(line, bytes, to);
          return;
        }
        waiting += 1;
        const due = performance.now() + (delay?.kind === 'delay' ? delay.milliseconds : 0);
        queue = queue.then(async () => {
          await new Promise(resolve => setTimeout(resolve, Math.max(0, due - performance.now())));
          waiting -= 1;
          pass(line, bytes, to);
        });
      });
      from.on('error', () => undefined);
      // what is still on its way arrives before the end does
      from.on('close', () => void queue.then(() => to.end()).finally(() => lines.delete(line)));
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    disturb: (disturbance, client) => {
      const own: Active = { disturbance, client };
      active = [...active, own];
      if (disturbance.kind === 'cut') for (const line of lines) if (on(line, 'cut')) breakOff(line);
      return () => {
        active = active.filter(one => one !== own);
        for (const line of lines) if (line.isDeaf && !on(line, 'half-open')) breakOff(line);
      };
    },
    lost: () => lost,
    close: async () => {
      for (const line of lines) breakOff(line);
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** Who speaks, by the first bytes of a connection: the handshake of MongoDB's driver, or AUTH (HELLO) of Redis. */
function clientOf(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  // BSON: a document `application` that begins with a string (its type is 2) `name`
  // eslint-disable-next-line no-control-regex -- the handshake is binary
  const driver = /application\0.{4}\x02name\0.{4}([a-z-]+)\0/s.exec(text)?.[1];
  const user = /\$\d+\r\nAUTH\r\n\$\d+\r\n([a-z-]+)\r\n/i.exec(text)?.[1];
  return driver ?? user ?? '';
}
