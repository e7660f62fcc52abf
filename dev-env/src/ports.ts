import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { Obstacle } from './obstacle.ts';
import { bff, readRooms } from './rooms.ts';

const host = '127.0.0.1';

/** A free port, the preferred one where it is free; no two calls of this process get the same. */
export function freePort(preferred?: number): Promise<number> {
  return getPort({ host, reserve: true, ...(preferred === undefined ? {} : { port: preferred }) });
}

/** The first of as many free ports in a row as a house has, so that it can be a house's port base. */
export async function freePortBase(): Promise<number> {
  const rooms = await readRooms(fileURLToPath(new URL('../..', import.meta.url)));
  const count = 1 + Math.max(bff.portOffset, ...rooms.map(({ portOffset }) => portOffset));
  for (let attempt = 0; attempt < 100; attempt++) {
    const base = 100 * randomInt(200, 320);
    const ports = Array.from({ length: count }, (_, offset) => base + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
  }
  throw new Obstacle(`no ${count} free ports in a row were found.`);
}

/** Refuses, naming the port and whose it would be, when one is taken. */
export async function assertFree(wanted: { name: string; port: number }[]): Promise<void> {
  for (const { name, port } of wanted) {
    if (!(await isFree(port))) {
      throw new Obstacle(`port ${port} (${name}) is in use: stop what uses it, or give another --port-base.`);
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
