import { startBff } from '@mealprep360/bff/src/bff.ts';
import { startGateway } from '@mealprep360/gateway/src/gateway.ts';
import type { Servers } from '@mealprep360/dev-env/fixture';
import type { Rooms } from '@mealprep360/testing/rooms';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { measuredRooms } from '../commands/rooms.ts';
import { furnish } from './furnish.ts';
import { show, untilWhole, type Door } from './screens.ts';
import { signUp } from './sign-up.ts';

/** What one screen cost, by room; a room that was not asked is left out. */
export interface DoorCost {
  /** what was answered */
  screen: unknown;
  /** requests of the gateway that reached it */
  fetches: Record<string, number>;
  /** database commands, each with its collection, sorted */
  commands: Record<string, string[]>;
}

/** A gateway and a BFF before rooms that are opened. */
export interface OpenDoors {
  /** Furnishes a new user with so many entries, and counts what a screen costs them. */
  cost: (door: Door, entries: number) => Promise<DoorCost>;
  stop: () => Promise<void>;
}

const names = measuredRooms.map(({ room }) => room.name);

export async function openDoors(rooms: Rooms, { keys }: Pick<Servers, 'keys'>): Promise<OpenDoors> {
  const quiet = { production: false, host: '127.0.0.1', port: 0, logLevel: 'fatal', corsOrigins: [] } as const;
  const gateway = await startGateway({
    ...quiet,
    redisUrl: rooms.redisUrl,
    signingKeyFile: keys.signing.gateway ?? '',
    publicKeysFile: keys.public,
    supergraphFile: 'supergraph.yaml',
    metricsPort: null,
    subgraphUrls: Object.fromEntries(names.map(name => [name, rooms.service(name).url])),
  });
  const bff = await startBff({ ...quiet, gatewayUrl: gateway.url });
  let people = 0;
  return {
    cost: async (door, entries) => {
      const { userId, accessToken } = await signUp(gateway.url, `guest${process.pid}.${people++}`);
      await furnish(room => rooms.service(room).db, userId, entries);
      await untilWhole(bff.url, door, accessToken);
      return count(rooms, () => show(bff.url, door, accessToken));
    },
    stop: async () => {
      await bff.stop();
      await gateway.stop();
    },
  };
}

async function count(rooms: Rooms, ask: () => Promise<unknown>): Promise<DoorCost> {
  let screen: unknown;
  const ports = new Map(names.map(name => [rooms.service(name).port, name]));
  const fetches: Record<string, number> = {};
  const commands: Record<string, string[]> = {};
  const note = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const room = ports.get(request.socket.localPort ?? 0);
    if (room !== undefined && request.url === '/graphql') fetches[room] = (fetches[room] ?? 0) + 1;
  };
  const counting = names.reduce<() => Promise<unknown>>(
    (inner, name) => async () => {
      const sent = await rooms.commandsOf(name, inner);
      if (sent.length > 0) commands[name] = sent;
    },
    async () => {
      screen = await ask();
    },
  );
  subscribe('http.server.request.start', note);
  try {
    await counting();
  } finally {
    unsubscribe('http.server.request.start', note);
  }
  return { screen, fetches, commands };
}
