import type { ClientSession, Model, QueryFilter } from 'mongoose';

/** Deletes at most `most` of these records, whichever; answers how many. */
export async function deleteSome<Record extends { _id: string }>(
  model: Model<Record>,
  which: QueryFilter<Record>,
  { session, most = 500 }: { session: ClientSession; most?: number },
): Promise<number> {
  const found = await model.find(which).select('_id').limit(most).session(session).lean<{ _id: string }[]>();
  if (found.length === 0) return 0;
  const _id = { $in: found.map(record => record._id) };
  const { deletedCount } = await model.deleteMany({ _id } as QueryFilter<Record>, { session });
  return deletedCount;
}
