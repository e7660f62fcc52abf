import DataLoader from 'dataloader';
import type { Model } from 'mongoose';

/** Loads records by id, all that one tick asks for in one command; null where there is none. */
export const byId = <Record extends { _id: string }>(model: Model<Record>): DataLoader<string, Record | null> =>
  new DataLoader(async ids => {
    const found = await model.find({ _id: { $in: [...ids] } } as object).lean<Record[]>();
    const records = new Map(found.map(record => [record._id, record]));
    return ids.map(id => records.get(id) ?? null);
  });

/** Loads the records that belong to a parent, all parents of one tick in one command, in the order of `sort`. */
export const byParent = <Record>(
  model: Model<Record>,
  parent: keyof Record & string,
  sort: Readonly<{ [field: string]: 1 | -1 }>,
): DataLoader<string, Record[]> =>
  new DataLoader(async ids => {
    const found = await model
      .find({ [parent]: { $in: [...ids] } } as object)
      .sort({ ...sort })
      .lean<Record[]>();
    const groups = Map.groupBy(found, record => String(record[parent]));
    return ids.map(id => groups.get(id) ?? []);
  });
