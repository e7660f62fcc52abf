import { EraseUserData, keepers } from '@mealprep360/contracts/commands';
import { all, ask, here, saga } from '@mealprep360/events/saga';
import type { Work } from '../context.ts';
import { closeAccount, eraseOwn, sweep, type Erasure } from '../erasure.ts';

const DAY = 24 * 3600_000;

/**
 * A person's data goes from all services. There is no way back: the account is closed with the request itself, and
 * each service takes the time that it needs, whatever is down meanwhile; after a day somebody is told to look.
 */
export const eraseUser = saga<Erasure, Work>('EraseUser', { within: null, perStep: null, alarmAfter: DAY }, [
  here('closeAccount', ({ input }, work) => closeAccount(work, input), { pivot: true }),
  here('eraseOwn', ({ input }, work) => eraseOwn(work, input)),
  all(
    'eraseEverywhere',
    keepers.map(keeper => ask(EraseUserData(keeper), ({ userId }: Erasure) => ({ userId }))),
  ),
  here('sweep', ({ input }, work) => sweep(work, input)),
]);
