import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { mongo } from 'mongoose';
import type { ChaosHouse, Service } from '../chaos-house.ts';
import type { Poison } from '../checker/letters.ts';
import type { Random } from '../random.ts';

/** Where faults happen. */
export interface Scene {
  house: ChaosHouse;
  random: Random;
  /** the admin's hands on the stores */
  redis: Redis;
  mongodb: mongo.MongoClient;
  /** what was put into somebody's history; whoever hears it has to put it aside */
  poison: Poison[];
}

export interface Fault {
  /** what it was done to */
  target: string;
  /** the services whose writes it may hinder: recovery is their first acknowledged write after its end */
  hinders: readonly Service[];
  end: () => Promise<void>;
}

/** Begins a fault; it lasts until its `end` is called. */
export type Injector = (scene: Scene) => Promise<Fault>;

/** Waits until a condition holds; throws what it is when it does not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 60_000): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${patience / 1000} s`);
    await pause(30);
  }
}

export const pidOf = (house: ChaosHouse, process: string): number | null =>
  house.run()?.processes.find(({ name }) => name === process)?.pid ?? null;

/** Lets a held process go on, or starts it again. */
export const released = (house: ChaosHouse, process: string) => (): Promise<void> => {
  house.release(process);
  return Promise.resolve();
};

/** Ends a process and keeps it ended; resolves when it has. */
export async function fell(house: ChaosHouse, process: string, signal: NodeJS.Signals): Promise<void> {
  house.hold(process, signal);
  await until(`${process} ends`, () => pidOf(house, process) === null);
}
