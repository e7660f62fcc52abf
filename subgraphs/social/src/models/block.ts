import { collection } from '@mealprep360/mongo/collection';

/** How many people one may block: their ids stand in the queries of what one sees. */
export const MAX_BLOCKED = 1000;

/** One user blocked another: each is hidden from the other. */
export interface BlockRecord {
  _id: string;
  blockerId: string;
  blockedId: string;
  createdAt: Date;
}

export const blockCollection = collection<BlockRecord>(
  'blocks',
  {
    blockerId: { type: String, required: true },
    blockedId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  [[{ blockerId: 1, blockedId: 1 }, { unique: true }], [{ blockedId: 1, blockerId: 1 }]],
);
