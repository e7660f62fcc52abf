import { CommandAnswered, CommandRequested } from '@mealprep360/contracts/commands';
import type { CommandRow } from '@mealprep360/events/commands';
import { toEnvelope, type OutboxRow } from '@mealprep360/events/outbox';
import type { SagaRow } from '@mealprep360/events/saga-row';
import type { MealPlanRecord } from '../../../subgraphs/mealplans/src/models/meal-plan.ts';
import type { NotificationRecord } from '../../../subgraphs/notifications/src/models/notification.ts';
import type { ShoppingListRecord } from '../../../subgraphs/shopping/src/models/shopping-list.ts';
import { services, type Service } from '../chaos-house.ts';
import { isEnd, lastOf, type Evidence, type Said } from './evidence.ts';

/** What stands in the rooms of one plan. */
interface Traces {
  plan: MealPlanRecord | undefined;
  /** whether it was announced and deleted since */
  isDeleted: boolean;
  lists: number;
  notices: number;
}

/** How long after its deadline a saga may be given up: whoever does so may have been away. */
const SLACK = 60_000;

/** (5) Every saga ended in time, and left all of a plan or nothing of it. */
export async function sagaViolations(evidence: Evidence, said: Said): Promise<string[]> {
  const sagas = await evidence.rows<SagaRow>('mealplans', 'sagas', { type: 'CreateMealPlan' });
  const plans = new Map((await evidence.rows<MealPlanRecord>('mealplans', 'meal_plans')).map(plan => [plan._id, plan]));
  const last = lastOf(said, 'mealplans', 'MealPlan');
  const lists = await evidence.rows<ShoppingListRecord>('shopping', 'shopping_lists');
  const notices = await evidence.rows<NotificationRecord>('notifications', 'notifications', {
    type: 'MEAL_PLAN_READY',
  });
  const listsOf = Map.groupBy(
    lists.flatMap(list => list.mealPlanIds),
    id => id,
  );
  const noticesOf = Map.groupBy(notices, notice => notice.subject?.id ?? '');
  const violations: string[] = [];
  for (const saga of sagas) {
    const end = last.get(saga._id);
    const traces: Traces = {
      plan: plans.get(saga._id),
      isDeleted: end !== undefined && isEnd(end),
      lists: listsOf.get(saga._id)?.length ?? 0,
      notices: noticesOf.get(saga._id)?.length ?? 0,
    };
    violations.push(...ofOne(saga, traces).map(what => `saga ${saga._id} (${saga.state}): ${what}`));
  }
  const known = new Set(sagas.map(saga => saga._id));
  violations.push(...[...plans.keys()].filter(id => !known.has(id)).map(id => `plan ${id} has no saga`));
  const orphans = [...listsOf.keys()].filter(id => !plans.has(id));
  violations.push(...orphans.map(id => `a list buys for plan ${id}, which is not there`));
  return [...violations, ...(await stepViolations(evidence, said, sagas))];
}

function ofOne(saga: SagaRow, { plan, isDeleted, lists, notices }: Traces): string[] {
  const violations: string[] = [];
  const expect = (holds: boolean, otherwise: string): void => {
    if (!holds) violations.push(otherwise);
  };
  if (saga.input === null) {
    expect(plan === undefined && lists === 0 && notices === 0, 'its owner was erased, and something of it is there');
  } else if (saga.state === 'COMPLETED') {
    const wantsList = (saga.input as { plan: { shoppingList: boolean } }).plan.shoppingList;
    const isThere = plan?.status === 'ACTIVE' || plan?.status === 'ARCHIVED';
    expect(isThere !== isDeleted, `its plan is ${plan?.status ?? 'not there'}`);
    expect(lists === (wantsList && !isDeleted ? 1 : 0), `there are ${lists} lists of it`);
    expect(notices === 1, `${notices} notices were given of it`);
    expect(saga.deadline === null || saga.updatedAt <= saga.deadline, 'it was completed after its deadline');
  } else if (saga.state === 'COMPENSATED') {
    expect(plan?.status === 'FAILED', `its plan is ${plan?.status ?? 'not there'}`);
    expect(lists === 0, `there are ${lists} lists of it`);
    expect(notices === 0, `${notices} notices were given of it`);
    const late = (plan?.updatedAt.getTime() ?? 0) - (saga.deadline?.getTime() ?? Infinity);
    expect(late < SLACK, `it failed ${late} ms after its deadline`);
  } else expect(false, 'it has not ended');
  return violations;
}

/** Each step was asked for once and answered once, and each that was done is undone once where the saga was given up. */
async function stepViolations(evidence: Evidence, said: Said, sagas: readonly SagaRow[]): Promise<string[]> {
  const compensated = new Set(sagas.filter(saga => saga.state === 'COMPENSATED').map(saga => saga._id));
  const violations: string[] = [];
  const times = new Map<string, number>();
  const count = (name: string): void => {
    times.set(name, (times.get(name) ?? 0) + 1);
  };
  for (const [service, rows] of said) for (const row of rows) for (const name of moveOf(service, row)) count(name);
  for (const [name, many] of times) if (many > 1) violations.push(`${name} ${many} times`);
  for (const service of services) {
    for (const command of await evidence.rows<CommandRow>(service, 'commands')) {
      const { sagaId, step, state, input } = command;
      // what was asked for somebody who was erased is told by nobody any more
      if (input === null) continue;
      const name = `${sagaId}:${step} of ${service}`;
      const asked = times.has(`${name} was asked to be undone`);
      const isUndone = state === 'UNDONE';
      const isAnswered = times.has(`${name} was answered to be undone`);
      if (asked !== isUndone || asked !== isAnswered)
        violations.push(`command ${sagaId}:${step} of ${service} is ${state}`);
      if (asked && !compensated.has(sagaId)) violations.push(`${sagaId}:${step} was undone, and its saga was not`);
    }
  }
  return violations;
}

function moveOf(service: Service, row: OutboxRow): string[] {
  if (row.erased) return [];
  if (row.eventType !== CommandRequested.type && row.eventType !== CommandAnswered.type) return [];
  const isRequest = row.eventType === CommandRequested.type;
  const event = isRequest ? CommandRequested.read(toEnvelope(row)) : CommandAnswered.read(toEnvelope(row));
  const { sagaId, step, undo } = event.eventData;
  const of = isRequest ? row.to : service;
  return [`${sagaId}:${step} of ${of} was ${isRequest ? 'asked' : 'answered'} to be ${undo ? 'undone' : 'done'}`];
}
