import type { MealPlanRecord } from '../../../subgraphs/mealplans/src/models/meal-plan.ts';
import type { SagaRow } from '@mealprep360/events/saga-row';
import type { Journal } from '../journal.ts';
import type { Evidence } from './evidence.ts';

/** (6) One key is one plan, and everybody was answered that one. What was acknowledged is there. */
export async function promiseViolations(
  evidence: Evidence,
  { plans, acknowledged, surprises }: Journal,
): Promise<string[]> {
  const stored = await evidence.rows<MealPlanRecord>('mealplans', 'meal_plans');
  const byKey = Map.groupBy(stored, plan => `${plan.ownerId} ${plan.idempotencyKey}`);
  const violations = [...surprises];
  for (const plan of plans.values()) {
    const own = byKey.get(`${plan.ownerId} ${plan.key}`) ?? [];
    const [answered, ...others] = plan.answered;
    if (others.length > 0) violations.push(`${plan.key} was answered with ${plan.answered.size} different plans`);
    if (own.length > 1) violations.push(`there are ${own.length} plans of ${plan.key}`);
    if (answered !== undefined && plan.deletion === 'none' && own[0]?._id !== answered) {
      violations.push(`${plan.key} was answered with ${answered}, and ${own[0]?._id ?? 'nothing'} is there`);
    }
    if (plan.deletion === 'acknowledged' && own.length > 0) violations.push(`${plan.key} was deleted, and is there`);
  }
  const versions = new Map<string, number>(stored.map(plan => [plan._id, plan.version]));
  for (const recipe of await evidence.rows<{ _id: string; version: number }>('recipes', 'recipes')) {
    versions.set(recipe._id, recipe.version);
  }
  for (const { collection, id, version, plan } of acknowledged.values()) {
    if (plan !== undefined && plan.deletion !== 'none') continue;
    const now = versions.get(id) ?? 0;
    if (now < version) violations.push(`${collection} ${id} was acknowledged at version ${version}, and is at ${now}`);
  }
  return violations;
}

export interface Share {
  asked: number;
  active: number;
  /** why the others came to nothing, and how many did for that reason */
  reasons: Record<string, number>;
}

/** How many of the plans that were asked for came to be: they are ACTIVE, or were until their owner deleted them. */
export async function shareActive(evidence: Evidence, { plans }: Journal): Promise<Share> {
  const stored = await evidence.rows<MealPlanRecord>('mealplans', 'meal_plans');
  const active = new Set(stored.filter(plan => plan.status === 'ACTIVE').map(plan => plan.idempotencyKey));
  const all = [...plans.values()];
  const failed = await evidence.rows<SagaRow>('mealplans', 'sagas', { type: 'CreateMealPlan', state: 'COMPENSATED' });
  const reasons: Share['reasons'] = {};
  for (const { failure } of failed) {
    const reason = `${failure?.code ?? 'unknown'}: ${failure?.message ?? ''}`;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  const there = all.filter(plan => active.has(plan.key) || plan.deletion !== 'none');
  return { asked: all.length, active: there.length, reasons };
}
