import { byId } from '@mealprep360/service/loader';
import { connectionLoader } from '@mealprep360/service/paging';
import type { MeasurementSystem } from '@mealprep360/contracts/vocabulary';
import type { Viewer } from '@mealprep360/service/tokens';
import DataLoader from 'dataloader';
import type { Models } from './context.ts';
import type { ShoppingItemRecord } from './models/shopping-item.ts';
import { forPlans, visibleTo, type ShoppingListRecord } from './models/shopping-list.ts';

export type Loaders = ReturnType<typeof loaders>;

/** As many items as a person writes on a list, and as many as are shown of it at once. */
export const MAX_ITEMS = 500;

const listedItems = (items: Models['items'], match: { checked?: boolean } = {}) =>
  connectionLoader<ShoppingItemRecord>(
    {
      model: items,
      parent: 'listId',
      match: { listed: true, ...match },
      sort: [
        ['food', 1],
        ['_id', 1],
      ],
    },
    MAX_ITEMS,
  );

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export const loaders = ({ lists, items, stores, userCopies }: Models, viewer: Viewer) => {
  const list = new DataLoader<string, ShoppingListRecord | null>(async ids => {
    const found = await lists.find({ _id: { $in: [...ids] }, ...visibleTo(viewer) }).lean<ShoppingListRecord[]>();
    const records = new Map(found.map(record => [record._id, record]));
    return ids.map(id => records.get(id) ?? null);
  });
  return {
    /** null also for a list that the viewer may not see */
    list,
    /** null also for an item of a list that the viewer may not see */
    item: new DataLoader<string, ShoppingItemRecord | null>(async ids => {
      const found = await items.find({ _id: { $in: [...ids] }, listed: true }).lean<ShoppingItemRecord[]>();
      const records = new Map(found.map(item => [item._id, item]));
      return Promise.all(
        ids.map(async id => {
          const item = records.get(id);
          return item && (await list.load(item.listId)) ? item : null;
        }),
      );
    }),
    /** by the plan's id */
    listOfPlan: new DataLoader<string, ShoppingListRecord | null>(async planIds => {
      const wanted = { ...forPlans(planIds), ...visibleTo(viewer) };
      const found = await lists.find(wanted).lean<ShoppingListRecord[]>();
      return planIds.map(id => found.find(({ mealPlanIds }) => mealPlanIds.includes(id)) ?? null);
    }),
    listsOfUser: connectionLoader<ShoppingListRecord>({
      model: lists,
      parent: 'memberIds',
      unwind: true,
      match: {},
      sort: [
        ['createdAt', -1],
        ['_id', -1],
      ],
    }),
    /** the newest that is ACTIVE; only the viewer's own is ever asked for */
    activeList: new DataLoader<string, ShoppingListRecord | null>(userIds =>
      Promise.all(
        userIds.map(memberIds =>
          lists.findOne({ memberIds, status: 'ACTIVE' }).sort({ createdAt: -1, _id: -1 }).lean<ShoppingListRecord>(),
        ),
      ),
    ),
    items: listedItems(items),
    checkedItems: listedItems(items, { checked: true }),
    openItems: listedItems(items, { checked: false }),
    store: byId(stores),
    /** the units that a user reads amounts in; METRIC until they are known */
    measurementSystem: new DataLoader<string, MeasurementSystem>(async userIds => {
      const known = await userCopies.getMany(userIds);
      return userIds.map(id => known.get(id)?.state?.measurementSystem ?? 'METRIC');
    }),
  };
};
