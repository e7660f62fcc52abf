import { asErased, AT_ONCE, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import { parseLine } from '@mealprep360/quantity/parse-line';
import type { Work } from '../context.ts';
import { withoutWordsOf } from '../domain/item.ts';
import { appliedMutationCollection } from '../models/applied-mutation.ts';
import { outbox } from '../models/outbox.ts';
import { planCopyCollection } from '../models/plan-copy.ts';
import { recipeCopyCollection } from '../models/recipe-copy.ts';
import type { ShoppingItemRecord } from '../models/shopping-item.ts';
import type { ShoppingListRecord } from '../models/shopping-list.ts';
import { forgetPlan } from '../reactions/meal-plan.ts';
import { forgetRecipe } from '../reactions/recipe.ts';
import { shareWith } from '../share.ts';
import { changeList, deleteList } from '../shopping-list-aggregate.ts';

/** so many at once, each with some hundred items */
const LISTS = 3;

const lists: Part<Work> = async (ownerId, work) => {
  const found = await work.lists.find({ ownerId }).limit(LISTS).session(work.session).lean<ShoppingListRecord[]>();
  let recordsErased = found.length;
  for (const list of found) {
    recordsErased += await work.items.countDocuments({ listId: list._id }, { session: work.session });
    await deleteList(asErased(work), list);
  }
  return { recordsErased };
};

/** Leaves the lists of others; what the person planned leaves with them. */
const memberships: Part<Work> = async (userId, work) => {
  const shared = { memberIds: userId, ownerId: { $ne: userId } };
  const found = await work.lists.find(shared).limit(LISTS).session(work.session).lean<ShoppingListRecord[]>();
  for (const list of found) {
    const others = list.collaborators.filter(other => other.userId !== userId);
    await shareWith(work, list, others);
  }
  return { recordsAnonymised: found.length };
};

/** The person's plans and recipes, before their owners say that they are gone. */
const copied: Part<Work> = async (userId, work) => {
  const { db, session } = work;
  const their = [{ 'state.ownerId': userId }, { session, projection: { _id: 1 }, limit: LISTS }] as const;
  const plans = await db
    .raw(planCopyCollection)
    .find(...their)
    .toArray();
  for (const { _id } of plans) await forgetPlan(work, _id);
  const recipes = await db
    .raw(recipeCopyCollection)
    .find(...their)
    .toArray();
  for (const { _id } of recipes) await forgetRecipe(work, _id);
  return { events: plans.length + recipes.length };
};

/** What the person wrote on others' lists, and lines of the person's recipes that others bought for. */
const words: Part<Work> = async (userId, work) => {
  const written = { 'authors.userId': userId };
  const some = await work.items.findOne(written).session(work.session).lean<ShoppingItemRecord>();
  if (some === null) return {};
  const list = await work.lists.findById(some.listId).session(work.session).lean<ShoppingListRecord>();
  const of = { ...written, listId: some.listId };
  const items = await work.items.find(of).limit(AT_ONCE).session(work.session).lean<ShoppingItemRecord[]>();
  const left = items.map(item => withoutWordsOf(item, userId, line => parseLine(line).food));
  const put = left.filter(item => item !== null);
  const gone = items.filter((_, index) => left[index] === null).map(({ _id }) => _id);
  if (list !== null) await changeList(work, list, { put, gone, cause: 'OTHER' });
  return { recordsErased: gone.length, recordsAnonymised: put.length };
};

const checks: Part<Work> = async (checkedBy, { items, session }) => {
  const found = await items.find({ checkedBy }).select('_id').limit(AT_ONCE).session(session).lean();
  await items.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, { checkedBy: null }, { session });
  return { recordsAnonymised: found.length };
};

/** A store goes, and the lists that preferred it prefer none. */
const stores: Part<Work> = async (ownerId, work) => {
  const store = await work.stores.findOne({ ownerId }).select('_id').session(work.session).lean();
  if (store === null) return {};
  const preferring = { storeId: store._id };
  const found = await work.lists
    .find(preferring)
    .limit(AT_ONCE / 10)
    .session(work.session)
    .lean<ShoppingListRecord[]>();
  for (const list of found) await changeList(work, list, { fields: { storeId: null }, cause: 'OTHER' });
  if (found.length > 0) return { events: found.length };
  return { recordsErased: await deleteSome(work.stores, { _id: store._id }, work) };
};

const mappings: Part<Work> = async (userId, work) => ({
  recordsErased: await deleteSome(work.mappings, { userId }, work),
});

const applied: Part<Work> = async (userId, { db, session }) => {
  const rows = db.raw(appliedMutationCollection);
  const found = await rows.find({ userId }, { session, projection: { _id: 1 }, limit: AT_ONCE }).toArray();
  await rows.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
  return { recordsErased: found.length };
};

const copy: Part<Work> = async (userId, { userCopies }) => {
  const isThere = (await userCopies.get(userId)) !== null;
  if (isThere) await userCopies.drop(userId);
  return { events: isThere ? 1 : 0 };
};

/** The person's own goes; lists of others stay, without a word of theirs. */
export const eraseUserData = erases<Work>('shopping', outbox, [
  ...[lists, memberships, copied, words, checks],
  ...[stores, mappings, applied, copy],
]);
