import type { AnyCollection, Collection } from '@mealprep360/mongo/collection';
import { checkpoints } from './checkpoints.ts';
import { commandRows } from './commands.ts';
import { deadLetters } from './dead-letters.ts';
import { leases } from './lease.ts';
import type { OutboxRow } from './outbox.ts';
import { readModels } from './read-model.ts';
import { sagaRows } from './saga-row.ts';
import { tombstones } from './tombstones.ts';

/** What every service's database holds beside its own collections; pass it to `openDatabase` with the room's. */
export const platformCollections = (outbox: Collection<OutboxRow>): AnyCollection[] => [
  outbox,
  checkpoints,
  tombstones,
  deadLetters,
  leases,
  commandRows,
  sagaRows,
  readModels,
];
