import type { Database } from '@mealprep360/mongo/database';
import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { anyRows, at, targetOf, type AnyRow, type Builder, type Comparison, type ReadModel } from './read-model.ts';

const EXAMPLES = 20;

/**
 * Compares what was built with the live collections as they stood at a snapshot, row by row in the order of their ids:
 * two hashes, and what differs. What is gone for ever differs from nothing, nor does what is `ahead` of the history so
 * far: awaited, or since `lately` asked of its owner.
 */
export async function compare(
  db: Database,
  model: ReadModel,
  builder: Pick<Builder, 'isGone' | 'isAhead'>,
  { snapshot, lately }: { snapshot: ClientSession; lately: Date },
): Promise<{ comparison: Comparison; ahead: string[] }> {
  const found = { rows: 0, missing: 0, extra: 0, different: 0, examples: [] as string[] };
  const ahead: string[] = [];
  const hashes = { live: createHash('sha256'), rebuilt: createHash('sha256') };
  const differs = (kind: 'missing' | 'extra' | 'different', name: string, id: string): void => {
    found[kind] += 1;
    if (found.examples.length < EXAMPLES) found.examples.push(`${name} ${id}`);
  };
  for (const { name } of model.collections) {
    for await (const [id, live, rebuilt] of pairs(db, name, snapshot)) {
      if (live && builder.isAhead(live, rebuilt, lately)) {
        ahead.push(id);
        continue;
      }
      if ((live === null || rebuilt === null) && (await builder.isGone(id))) continue;
      const [one, other] = [live, rebuilt].map(row => row && canonical(row, model.incidental));
      if (one) hashes.live.update(`${name} ${one}\n`);
      if (other) hashes.rebuilt.update(`${name} ${other}\n`);
      if (other) found.rows += 1;
      if (!one) differs('missing', name, id);
      else if (!other) differs('extra', name, id);
      else if (one !== other) differs('different', name, id);
    }
  }
  const [liveHash, rebuiltHash] = [hashes.live.digest('hex'), hashes.rebuilt.digest('hex')];
  return { comparison: { ...found, liveHash, rebuiltHash }, ahead };
}

type Pair = [id: string, live: AnyRow | null, rebuilt: AnyRow | null];

async function* pairs(db: Database, name: string, snapshot: ClientSession): AsyncGenerator<Pair> {
  const rows = (collection: string, session?: ClientSession) =>
    anyRows(db, collection).find({}, { ...at(session), sort: { _id: 1 }, batchSize: 1000 });
  const [live, rebuilt] = [rows(name, snapshot), rows(targetOf(name))];
  try {
    let [one, other] = await Promise.all([live.next(), rebuilt.next()]);
    while (one !== null || other !== null) {
      const order = one === null ? 1 : other === null ? -1 : compareIds(one._id, other._id);
      const id = (order > 0 ? other : one)?._id ?? '';
      yield [id, order <= 0 ? one : null, order >= 0 ? other : null];
      // each may have to ask the server for more: at the same time, then
      [one, other] = await Promise.all([order <= 0 ? live.next() : one, order >= 0 ? rebuilt.next() : other]);
    }
  } finally {
    await Promise.all([live.close(), rebuilt.close()]);
  }
}

// the server's order of strings is that of their UTF-8 bytes
const compareIds = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** A row as text, the same whatever the order of its fields. */
const canonical = (row: AnyRow, incidental: readonly string[]): string =>
  JSON.stringify(sorted(Object.fromEntries(Object.entries(row).filter(([field]) => !incidental.includes(field)))));

/** The same with its fields in the order of their names, all the way down. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  // dates, ids and bytes tell themselves what they are as text
  if ('toJSON' in value) return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map(name => [name, sorted(fields[name])]),
  );
}
