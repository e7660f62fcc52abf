import { asErased, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import type { Work } from '../context.ts';
import type { MealPlanRecord } from '../models/meal-plan.ts';
import { outbox } from '../models/outbox.ts';
import { deletePlan } from '../plan-aggregate.ts';

/** so many at once, each with up to 500 items */
const PLANS = 3;

/** A plan that is still being made is waited for: its saga ends, since users knows nobody of this id any more. */
const plans: Part<Work> = async (ownerId, work) => {
  const made = { ownerId, status: { $ne: 'PENDING' as const } };
  const found = await work.plans.find(made).limit(PLANS).session(work.session).lean<MealPlanRecord[]>();
  let recordsErased = found.length;
  for (const plan of found) {
    recordsErased += await work.items.countDocuments({ mealPlanId: plan._id }, { session: work.session });
    await deletePlan(asErased(work), plan);
  }
  return { recordsErased };
};

const templates: Part<Work> = async (ownerId, work) => ({
  recordsErased: await deleteSome(work.templates, { ownerId }, work),
});

const copy: Part<Work> = async (userId, { userCopies }) => {
  const isThere = (await userCopies.get(userId)) !== null;
  if (isThere) await userCopies.drop(userId);
  return { events: isThere ? 1 : 0 };
};

/** All that a person planned goes; nothing is anonymised. */
export const eraseUserData = erases<Work>('mealplans', outbox, [plans, templates, copy]);
