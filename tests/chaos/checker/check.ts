import type { Journal } from '../journal.ts';
import { applicationViolations } from './applied.ts';
import { copyViolations } from './copies.ts';
import { erasureViolations } from './erasure.ts';
import { allSaid, type Evidence } from './evidence.ts';
import { historyViolations } from './history.ts';
import { letterViolations, type Poison } from './letters.ts';
import { promiseViolations } from './promises.ts';
import { sagaViolations } from './sagas.ts';
import { stateViolations } from './state.ts';
import { userViolations } from './users.ts';

export interface Expected {
  journal: Journal;
  poison: readonly Poison[];
  /** the house's data folder, where the key to the users' personal parts lies */
  data: string;
}

/** What does not hold in a quiet house, by the invariant that it breaks; empty lists where all is well. */
export async function check(
  evidence: Evidence,
  { journal, poison, data }: Expected,
): Promise<Record<string, string[]>> {
  const said = await allSaid(evidence);
  return {
    'versions and numbers have no gaps, all is sent': historyViolations(said),
    'what is owned is what was said': await stateViolations(evidence, said, poison),
    'users are what their events tell': await userViolations(evidence, said, data),
    'each event is applied once, in order': await applicationViolations(evidence, said),
    'copies are what their owners said': await copyViolations(evidence, said),
    'a saga leaves all or nothing': await sagaViolations(evidence, said),
    'one key is one plan, what was acknowledged is there': await promiseViolations(evidence, journal),
    'who left is gone': await erasureViolations(evidence, journal.left, data),
    'only poison is put aside': await letterViolations(evidence, poison),
  };
}
