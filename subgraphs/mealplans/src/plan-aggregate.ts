import type { NewEvent } from '@mealprep360/contracts/define';
import {
  MealPlanCreated,
  MealPlanDeleted,
  MealPlanUpdated,
  type MealPlanState,
} from '@mealprep360/contracts/mealplans';
import { Refused } from '@mealprep360/events/commands';
import type { SagaFailure } from '@mealprep360/events/saga';
import { fault } from '@mealprep360/service/fault';
import { isDeepStrictEqual } from 'node:util';
import type { Work } from './context.ts';
import { byDayAndMeal, type Plan } from './domain/plan.ts';
import type { MealPlanItemRecord } from './models/meal-plan-item.ts';
import { mealPlanStateOf, type MealPlanRecord } from './models/meal-plan.ts';
import { skippedDayId, type SkippedDayRecord } from './models/skipped-day.ts';

// A plan, its items and its skipped days change together, and each change is said once. Every change writes the
// plan's own document, so that of two at the same time one is done again on what the other left.

/** A plan to be made: as it will be said, and the request that it answers. */
export interface NewPlan {
  plan: MealPlanState;
  idempotencyKey: string;
  requestHash: string;
}

/** A plan begins: as yet only its owner knows it, and nothing is said. */
export async function savePending(work: Work, { plan, ...request }: NewPlan): Promise<void> {
  const { id: _id, items, skippedDays: _none, status: _active, ...content } = plan;
  const { session, now } = work;
  const record: MealPlanRecord = {
    ...content,
    ...request,
    _id,
    status: 'PENDING',
    failure: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await work.plans.create([record], { session });
  const records = items.map(({ id, ...item }) => ({
    ...item,
    _id: id,
    mealPlanId: _id,
    ownerId: plan.ownerId,
    cookedAt: null,
  }));
  await work.items.insertMany(records, { session });
}

/** The plan that others hear of. Throws Refused when it is gone. */
export async function activate(work: Work, id: string): Promise<void> {
  const { session, now: updatedAt } = work;
  const change = { $set: { status: 'ACTIVE' as const, updatedAt } };
  const plan = await work.plans
    .findOneAndUpdate({ _id: id, status: 'PENDING' }, change, { session, returnDocument: 'after' })
    .lean<MealPlanRecord>();
  if (plan === null) throw new Refused('MEAL_PLAN_NOT_FOUND', 'The plan is gone.');
  work.emit(MealPlanCreated.of(id, plan.version, mealPlanStateOf(plan, await contentOf(work, plan))));
}

/** A plan that came to nothing: its owner can still read why. */
export async function markFailed(work: Work, id: string, failure: SagaFailure | null): Promise<void> {
  const { code, message } = failure ?? { code: 'DEADLINE', message: late };
  const reason = { code, message: temporary.has(code) ? late : message };
  const change = { status: 'FAILED' as const, failure: reason, updatedAt: work.now };
  await work.plans.updateOne({ _id: id, status: 'PENDING' }, { $set: change }, { session: work.session });
}

const temporary = new Set(['DEADLINE', 'NOT_READY', 'FAILED']);
const late = 'Not all that a plan needs was there in time, so it was not made. Try again under a new idempotencyKey.';

/** Which plan is meant, by its own id or by that of one of its items, and which argument said so. */
export type Which = { planId: string; path: readonly string[] } | { itemId: string; path: readonly string[] };

/** The owner's plan. Throws a Fault MEAL_PLAN_NOT_FOUND or MEAL_PLAN_ITEM_NOT_FOUND for all else. */
export async function ownPlan(work: Work, ownerId: string, which: Which): Promise<MealPlanRecord> {
  const { session } = work;
  const planId =
    'planId' in which
      ? which.planId
      : (await work.items.findOne({ _id: which.itemId, ownerId }).session(session).lean<MealPlanItemRecord>())
          ?.mealPlanId;
  if (planId === undefined) throw fault('MEAL_PLAN_ITEM_NOT_FOUND', 'You have no such item in a plan.', which.path);
  const plan = await work.plans.findOne({ _id: planId, ownerId }).session(session).lean<MealPlanRecord>();
  if (plan === null) throw fault('MEAL_PLAN_NOT_FOUND', 'You have no such plan.', which.path);
  return plan;
}

/** The items and skipped days of a plan, in order. */
export async function contentOf(work: Work, plan: MealPlanRecord): Promise<Plan> {
  const { session } = work;
  const mealPlanId = plan._id;
  const items = await work.items.find({ mealPlanId }).session(session).lean<MealPlanItemRecord[]>();
  const skippedDays = await work.skippedDays
    .find({ mealPlanId })
    .sort({ date: 1 })
    .session(session)
    .lean<SkippedDayRecord[]>();
  return { startDate: plan.startDate, endDate: plan.endDate, items: items.toSorted(byDayAndMeal), skippedDays };
}

/** What is said of a plan that has changed. */
type Telling = (id: string, version: number, plan: MealPlanState) => NewEvent;

/**
 * Changes an ACTIVE plan of the owner's: `change` answers the plan as it is to be, the same one where nothing is to
 * be done; `telling` is what the others hear of it. Throws a Fault MEAL_PLAN_NOT_FOUND, MEAL_PLAN_ITEM_NOT_FOUND,
 * PLAN_PENDING, PLAN_FAILED or PLAN_ARCHIVED.
 */
export async function changePlan(
  work: Work,
  ownerId: string,
  which: Which,
  change: (plan: Plan) => Plan,
  telling: Telling = MealPlanUpdated.of,
): Promise<MealPlanRecord> {
  const record = await ownPlan(work, ownerId, which);
  if (record.status !== 'ACTIVE') throw inTheWay(record.status, which.path);
  const before = await contentOf(work, record);
  const after = change(before);
  if (after === before) return record;
  await saveItems(work, record, before, after);
  await saveSkippedDays(work, record, before, after);
  const next = { ...record, version: record.version + 1, updatedAt: work.now };
  const { version, updatedAt } = next;
  await work.plans.updateOne({ _id: record._id }, { $set: { version, updatedAt } }, { session: work.session });
  work.emit(telling(record._id, version, mealPlanStateOf(next, after)));
  return next;
}

/** A plan goes, with all that is in it. Throws a Fault PLAN_PENDING while it is being made. */
export async function deletePlan(work: Work, plan: MealPlanRecord): Promise<void> {
  if (plan.status === 'PENDING') throw inTheWay(plan.status, ['id']);
  const { session } = work;
  await work.plans.deleteOne({ _id: plan._id }, { session });
  await work.items.deleteMany({ mealPlanId: plan._id }, { session });
  await work.skippedDays.deleteMany({ mealPlanId: plan._id }, { session });
  if (plan.status === 'FAILED') return;
  work.entomb('MealPlan', plan._id);
  work.emit(MealPlanDeleted.of(plan._id, plan.version + 1, { id: plan._id, ownerId: plan.ownerId }));
}

const sentences = {
  PENDING: 'This plan is still being made. Try again in a moment.',
  FAILED: 'This plan came to nothing; it can only be deleted.',
  ARCHIVED: 'This plan is archived and no longer changes.',
};

/** What stands in the way of a change. */
export const inTheWay = (status: keyof typeof sentences, path: readonly string[]) =>
  fault(`PLAN_${status}`, sentences[status], path);

async function saveItems(work: Work, { _id: mealPlanId, ownerId }: MealPlanRecord, before: Plan, after: Plan) {
  const stored = new Map(before.items.map(item => [item._id, item]));
  const changed = after.items.filter(item => !isDeepStrictEqual(item, stored.get(item._id)));
  const kept = new Set(after.items.map(item => item._id));
  const gone = before.items.filter(item => !kept.has(item._id)).map(item => item._id);
  const writes = [
    ...changed.map(item => ({
      replaceOne: { filter: { _id: item._id }, replacement: { ...item, mealPlanId, ownerId }, upsert: true },
    })),
    ...(gone.length > 0 ? [{ deleteMany: { filter: { _id: { $in: gone } } } }] : []),
  ];
  if (writes.length > 0) await work.items.bulkWrite(writes, { session: work.session });
}

async function saveSkippedDays(work: Work, { _id: mealPlanId }: MealPlanRecord, before: Plan, after: Plan) {
  const { session } = work;
  const changed = after.skippedDays.filter(day => !before.skippedDays.includes(day));
  const gone = before.skippedDays.filter(({ date }) => !after.skippedDays.some(day => day.date === date));
  for (const { date, reason } of changed) {
    const _id = skippedDayId(mealPlanId, date);
    await work.skippedDays.replaceOne({ _id }, { mealPlanId, date, reason }, { session, upsert: true });
  }
  if (gone.length > 0) {
    await work.skippedDays.deleteMany({ mealPlanId, date: { $in: gone.map(day => day.date) } }, { session });
  }
}
