import { freePortBase } from '@mealprep360/dev-env/ports';
import { startServers } from '@mealprep360/dev-env/fixture';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { measuredRooms, openMeasuredRooms } from '../commands/rooms.ts';
import { openDoors, type DoorCost } from '../doors/cost.ts';
import { furnish } from '../doors/furnish.ts';
import { copyIntoOne, openAsAdmin } from '../doors/one-database.ts';
import { doors, show, untilWhole, type Door } from '../doors/screens.ts';
import { signUp } from '../doors/sign-up.ts';
import { quantile, timeInTurns, type Asked } from '../doors/turns.ts';
import { ratio, type Figure, type Row } from '../figure.ts';
import { startHouse } from '../house/started-house.ts';

/** so many of all that the screens list */
const ENTRIES = { few: 5, many: 50 } as const;
const WARM_UP = 100;
const REQUESTS = 200;
const CLIENTS = [1, 8];
const both = Object.keys(doors) as Door[];

/** The screens of the frontends: what they cost, and how much of that is the price of seven services. */
export const doorsFigure: Figure = {
  name: 'doors',
  about: 'dashboard and home: fetches and commands, and their time beside one server on one database',
  run: async (tell, signal) => [...(await costs(tell)), ...(await times(tell, signal))],
};

async function costs(tell: (progress: string) => void): Promise<Row[]> {
  tell('counting fetches and commands …');
  const { servers, stop } = await startServers();
  try {
    const rooms = await openMeasuredRooms(servers);
    const opened = await openDoors(rooms, servers);
    try {
      const rows: Row[] = [];
      for (const door of both) {
        const few = await opened.cost(door, ENTRIES.few);
        const many = await opened.cost(door, ENTRIES.many);
        rows.push(costRow(door, few, many));
      }
      return rows;
    } finally {
      await opened.stop();
      await rooms.stop();
    }
  } finally {
    await stop();
  }
}

function costRow(door: Door, few: DoorCost, many: DoorCost): Row {
  const written = ({ fetches, commands }: DoorCost, entries: number) =>
    `${sum(fetches)} fetches and ${Object.values(commands).flat().length} commands for ${entries}`;
  const holds = isDeepStrictEqual([few.fetches, few.commands], [many.fetches, many.commands]);
  const value = `${written(few, ENTRIES.few)}, ${written(many, ENTRIES.many)}`;
  return { what: door, value, bar: 'equal', holds };
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const run = z.object({ graph: z.string(), bff: z.string(), mongodb: z.string() });

async function times(tell: (progress: string) => void, signal: AbortSignal): Promise<Row[]> {
  const data = mkdtempSync(join(tmpdir(), 'mealprep360-bench-'));
  try {
    tell('starting a house …');
    const house = await startHouse(data, await freePortBase(), signal);
    try {
      const { graph, bff, mongodb } = run.parse(JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')));
      const { userId, accessToken } = await signUp(graph, 'guest');
      await furnishHouse(mongodb, userId);
      for (const door of both) await untilWhole(bff, door, accessToken);
      await copyIntoOne(mongodb, databaseOf);
      const one = fork('bench/src/doors/one-server.ts', { stdio: 'inherit' });
      try {
        const url = await urlOf(one, { mongodb, publicKeysFile: join(data, 'keys', 'public.jwks.json') });
        return await compare({ seven: bff, one: url }, accessToken, tell, signal);
      } finally {
        one.kill('SIGTERM');
      }
    } finally {
      await house.stop();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const databaseOf = (room: string): string => `mealprep360_${room}`;

async function furnishHouse(mongodb: string, userId: string): Promise<void> {
  const opened = await Promise.all(
    measuredRooms.map(async ({ room: { name }, collections }) => {
      return [name, await openAsAdmin(mongodb, databaseOf(name), collections)] as const;
    }),
  );
  const dbs = new Map(opened);
  const dbOf = (room: string) => {
    const db = dbs.get(room);
    if (db === undefined) throw new Error(`${room} was not opened`);
    return db;
  };
  try {
    await furnish(dbOf, userId, ENTRIES.many);
  } finally {
    await Promise.all(opened.map(([, db]) => db.close()));
  }
}

async function urlOf(one: ChildProcess, setting: object): Promise<string> {
  one.send(setting);
  const answered = once(one, 'message', { signal: AbortSignal.timeout(20_000) });
  return z.object({ url: z.string() }).parse((await answered)[0]).url;
}

async function compare(
  bases: { seven: string; one: string },
  accessToken: string,
  tell: (progress: string) => void,
  signal: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const door of both) {
    const [seven, one] = await Promise.all([bases.seven, bases.one].map(base => show(base, door, accessToken)));
    if (!isDeepStrictEqual(seven, one)) throw new Error(`the two do not answer the same ${door}`);
    const ask = (base: string) => () => show(base, door, accessToken);
    for (const clients of CLIENTS) {
      tell(`${door}, ${clients} at once …`);
      await timeInTurns([ask(bases.seven), ask(bases.one)], { requests: WARM_UP, clients }, signal);
      const measured = await timeInTurns([ask(bases.seven), ask(bases.one)], { requests: REQUESTS, clients }, signal);
      rows.push(...timeRows(door, clients, measured));
    }
  }
  return rows;
}

function timeRows(door: Door, clients: number, [seven, one]: readonly [Asked, Asked]): Row[] {
  return [0.5, 0.95].map(part => {
    const [ofSeven, ofOne] = [quantile(seven, part), quantile(one, part)];
    const value = `${ofSeven.toFixed(1)} ms, one server ${ofOne.toFixed(1)} ms: ${ratio(ofSeven, ofOne)}`;
    return { what: `${door}, ${clients} at once, p${part * 100}`, value };
  });
}
