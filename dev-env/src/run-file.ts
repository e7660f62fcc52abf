import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivate } from './secrets.ts';
import type { Stores } from './stores.ts';

/** `run.json`: tells tools where everything of a running house is. */
export interface Run {
  /** a query over all subgraphs answered without errors, and the shipped recipes are loaded */
  ready: boolean;
  graph: string;
  /** the doors of the frontends: /web/dashboard, /mobile/home */
  bff: string;
  /** the admin's URI; an object by service when each has a MongoDB of its own */
  mongodb: Stores['mongodb'];
  redis: string;
  processes: { name: string; pid: number | null; port: number | null; log: string }[];
}

const file = (folder: string) => join(folder, 'run.json');

/** Writes it whole, readable by its owner only. */
export function writeRun(folder: string, run: Run): Promise<void> {
  return writePrivate(file(folder), `${JSON.stringify(run, null, 2)}\n`);
}

export function removeRun(folder: string): Promise<void> {
  return rm(file(folder), { force: true });
}
