import { createHash } from 'node:crypto';

/** What two requests share when they ask for the same: a hash of their normal form, whatever the order of fields. */
export const requestHash = (request: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(request, (_, value: unknown) => (isRecord(value) ? sorted(value) : value)))
    .digest('hex');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
