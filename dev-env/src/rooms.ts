import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Obstacle } from './obstacle.ts';

/** A subgraph as this house starts it. */
export interface Room {
  name: string;
  /** from the port base: the gateway is 0 */
  portOffset: number;
  /** of its environment variables (`RECIPE_DB_`) */
  databasePrefix: string;
  database: string;
  /** relative to the root of the repository */
  program: string;
}

// the prefixes are older than the folder names, and differ from them
const prefixes: Readonly<Record<string, string>> = {
  users: 'USER_DB_',
  recipes: 'RECIPE_DB_',
  mealplans: 'MEALPLAN_DB_',
  notifications: 'NOTIFICATION_DB_',
};

/** Relative to the root of the repository. */
export const gatewayProgram = join('gateway', 'start.ts');

/** The doors of the frontends; relative to the root of the repository, and from the port base. */
export const bff = { program: join('bff', 'start.ts'), portOffset: 10 } as const;

const supergraph = z.object({
  subgraphs: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.object({ routing_url: z.url() })),
});

/** The port that `routing_url`s count from: users' is 4001, so it stands at base + 1. */
export const writtenBase = 4000;

/** The subgraphs of `supergraph.yaml`, the only list of them. Throws an Obstacle when it is missing or wrong. */
export async function readRooms(root: string): Promise<Room[]> {
  const file = join(root, 'supergraph.yaml');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Obstacle(`${file} cannot be read: it lists the subgraphs to start.`);
  });
  const read = supergraph.safeParse(parse(text));
  if (!read.success) throw new Obstacle(`${file} is not a list of subgraphs: ${z.prettifyError(read.error)}`);
  const rooms = Object.entries(read.data.subgraphs).map(([name, subgraph]) =>
    roomOf(name, Number(new URL(subgraph.routing_url).port) - writtenBase),
  );
  const missing = [gatewayProgram, bff.program, ...rooms.map(({ program }) => program)].find(
    file => !existsSync(join(root, file)),
  );
  if (missing !== undefined) throw new Obstacle(`${missing} is missing, and supergraph.yaml asks for it.`);
  return rooms;
}

export function roomOf(name: string, portOffset: number): Room {
  return {
    name,
    portOffset,
    databasePrefix: prefixes[name] ?? `${name.toUpperCase().replaceAll('-', '_')}_DB_`,
    database: `mealprep360_${name}`,
    program: join('subgraphs', name, 'start.ts'),
  };
}
