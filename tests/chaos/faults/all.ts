import type { Injector } from './fault.ts';
import { mongodbFaults } from './mongodb.ts';
import { networkFaults } from './network.ts';
import { processFaults } from './processes.ts';
import { redisFaults } from './redis.ts';

/** Every kind of fault besides the crash points, by what it is. */
export const injectors: Readonly<Record<string, Injector>> = {
  ...processFaults,
  ...redisFaults,
  ...mongodbFaults,
  ...networkFaults,
};
