import { newId } from '@mealprep360/mongo/id';
import { startSaga } from '@mealprep360/events/saga-engine';
import { fault } from '@mealprep360/service/fault';
import type { ClientSession } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from './context.ts';
import type { PlanInput } from './domain/plan-input.ts';
import { placed } from './domain/plan.ts';
import { requestHash } from './domain/request-hash.ts';
import type { MealPlanRecord } from './models/meal-plan.ts';
import type { NewPlan } from './plan-aggregate.ts';
import { resolveMeals } from './resolve-meals.ts';
import { createMealPlanSaga } from './sagas/create-meal-plan.ts';

/** A request for a plan: what it asks for in its normal form, and how that becomes a plan's input. */
export interface PlanRequest {
  idempotencyKey: string;
  /** two requests under one key must have the same */
  asked: unknown;
  input: () => Promise<PlanInput>;
  /** where the items stand in what was asked */
  itemPath: (index: number) => readonly string[];
}

const PATIENCE = 5000;

// The same request, asked again while it is under way, shares its answer: fifty at once cost what one costs. What
// arrives by another process is kept apart by the unique index.
const underWay = new Map<string, Promise<MealPlanRecord>>();

/**
 * Makes the plan that is asked for, or finds the one that the same request made before; waits up to 5 s until it is
 * ACTIVE or FAILED. Throws a Fault IDEMPOTENCY_KEY_REUSED, RECIPE_NOT_FOUND, LEFTOVER_NOT_FOUND, INVALID_LEFTOVER,
 * or NOT_READY, and then nothing was made.
 */
export async function createPlan(context: Context, ownerId: string, request: PlanRequest): Promise<MealPlanRecord> {
  const hash = requestHash(request.asked);
  const key = JSON.stringify([ownerId, request.idempotencyKey, hash]);
  const answer = underWay.get(key) ?? madeOnce(context, ownerId, request, hash).finally(() => underWay.delete(key));
  underWay.set(key, answer);
  return answer;
}

async function madeOnce(
  context: Context,
  ownerId: string,
  request: PlanRequest,
  hash: string,
): Promise<MealPlanRecord> {
  const { idempotencyKey } = request;
  const madeBefore = async (session?: ClientSession): Promise<string | null> => {
    const found = context.models.plans.findOne({ ownerId, idempotencyKey }).session(session ?? null);
    const plan = await found.lean<MealPlanRecord>();
    if (plan !== null && plan.requestHash !== hash) throw reused();
    return plan?._id ?? null;
  };
  const earlier = await madeBefore();
  if (earlier !== null) return decided(context, earlier);
  const plan = await resolved(context, ownerId, await request.input(), request.itemPath);
  const input: NewPlan = { plan, idempotencyKey, requestHash: hash };
  const id = await context.commit(async work => {
    const rival = await madeBefore(work.session);
    if (rival !== null) return rival;
    await startSaga(work, createMealPlanSaga, { id: plan.id, input });
    return plan.id;
  });
  return decided(context, id);
}

/** The payload of a plan that was asked for: a FAILED one comes with the reason. */
export const answerOf = (mealPlan: MealPlanRecord) => ({
  mealPlan,
  userErrors: mealPlan.failure === null ? [] : [{ ...mealPlan.failure, path: null }],
});

const reused = () =>
  fault('IDEMPOTENCY_KEY_REUSED', 'This idempotencyKey stands for another request. Choose a new one.', [
    'idempotencyKey',
  ]);

/** The plan with all that its input leaves open: versions of recipes, servings, ids and places. */
async function resolved(
  context: Context,
  ownerId: string,
  { items, generateShoppingList, ...content }: PlanInput,
  itemPath: PlanRequest['itemPath'],
): Promise<NewPlan['plan']> {
  const meals = placed(await resolveMeals(context, ownerId, items, itemPath));
  return {
    ...content,
    id: newId(),
    ownerId,
    items: meals.map(({ _id: id, cookedAt: _, ...item }) => ({ id, ...item })),
    skippedDays: [],
    status: 'ACTIVE',
    shoppingList: generateShoppingList,
  };
}

/** The plan once it is no longer PENDING, or as it is when patience ends. */
async function decided({ models }: Context, id: string): Promise<MealPlanRecord> {
  const until = performance.now() + PATIENCE;
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 200)) {
    const plan = await models.plans.findById(id).lean<MealPlanRecord>();
    if (plan === null) throw fault('MEAL_PLAN_NOT_FOUND', 'This plan was deleted in the meantime.');
    if (plan.status !== 'PENDING' || performance.now() + wait > until) return plan;
    await pause(wait);
  }
}
