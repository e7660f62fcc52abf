import type { AnyCollection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { AnyRoom, Rooms, TestViewer } from '@mealprep360/testing/rooms';
import type { GraphQLSchema } from 'graphql';
import { ENTITIES, type ListField, type Step } from './list-fields.ts';
import { operationFor, type Arguments } from './operation.ts';

/**
 * How many entries a list is to have; `most` where a list is capped, `least` where it never has fewer. It is 2 for all
 * lists but the one measured.
 */
export type Size = (list: string, most?: number, least?: number) => number;

export interface Seeded {
  viewer: TestViewer;
  arguments: Arguments;
}

/** Fills the empty database of a room, each list with as many entries as `size` says. */
export type Seed = (db: Database, size: Size) => Promise<Seeded>;

/** A room whose lists are measured. */
export interface MeasuredRoom {
  room: AnyRoom;
  collections: readonly AnyCollection[];
  seed: Seed;
}

/** What one operation cost over a list of `entries`. */
export interface Cost {
  entries: number;
  /** whether it always has so many */
  isFixed: boolean;
  /** each command with its collection, sorted: `aggregate recipes` */
  commands: string[];
}

export const sizes = { few: 5, many: 50 } as const;

/**
 * Fills the room's database, asks for one list, and counts what that cost. Throws when no seed knows the list, when
 * the answer has errors, or when the list does not have the entries that were seeded.
 */
export async function measure(
  rooms: Rooms,
  { room, collections, seed }: MeasuredRoom,
  schema: GraphQLSchema,
  list: ListField,
  scale: keyof typeof sizes,
): Promise<Cost> {
  const { db } = rooms.service(room.name);
  await Promise.all(collections.map(declared => db.model(declared).deleteMany({})));
  let wanted: number | undefined;
  let isFixed = false;
  const seeded = await seed(db, (name, most = sizes.many, least = 0) => {
    if (name !== list.name) return Math.max(least, Math.min(2, most));
    const asked = scale === 'many' ? Math.min(sizes.many, most) : Math.min(sizes.few, Math.ceil(most / 2));
    wanted = Math.max(least, asked);
    isFixed = least === most;
    return wanted;
  });
  if (wanted === undefined) {
    throw new Error(
      `no seed of ${room.name} fills ${list.name}: name its size in its seed (bench/src/commands/rooms.ts)`,
    );
  }
  const { document, variables } = operationFor(schema, list, seeded.arguments);
  const viewer = isByReference(list) ? { ...seeded.viewer, roles: ['USER', 'OPERATOR'] as const } : seeded.viewer;
  let answer: unknown;
  const commands = await rooms.commandsOf(room.name, async () => {
    answer = await rooms.query(room.name, { ...viewer, roles: [...(viewer.roles ?? ['USER'])] }, document, variables);
  });
  const entries = entriesOf(answer, list);
  if (entries !== wanted) throw new Error(`${list.name} has ${entries} entries, not the ${wanted} that were seeded`);
  return { entries, isFixed, commands };
}

// The parts of a user that are private are asked for by an operator: of somebody else they would be null, and cost nothing.
const isByReference = ({ path }: ListField): boolean => path[0]?.type === ENTITIES;

/** The length of the list; of the longest, where the way to it leads through lists. */
function entriesOf(answer: unknown, { path }: ListField): number {
  const { data, errors } = answer as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(`the answer has errors: ${JSON.stringify(errors).slice(0, 500)}`);
  let found: unknown[] = [data];
  for (const step of path) found = found.flat().flatMap(at(step));
  return Math.max(0, ...found.map(lengthOf));
}

const at =
  (step: Step) =>
  (value: unknown): unknown[] => {
    const inner = (value as Record<string, unknown> | null)?.[step.type === ENTITIES ? ENTITIES : step.field];
    return inner == null ? [] : [inner];
  };

function lengthOf(list: unknown): number {
  const entries = Array.isArray(list) ? list : (list as { edges?: unknown[]; nodes?: unknown[] }).edges;
  return (entries ?? []).filter(entry => entry !== null).length;
}
