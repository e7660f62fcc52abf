import type { Work } from './context.ts';
import { mayEdit, type Collaborator, type ShoppingListRecord } from './models/shopping-list.ts';
import { regenerate } from './regenerate.ts';
import { changeList } from './shopping-list-aggregate.ts';

/** The list is shared with these people from now on; plans of those who may no longer edit it leave it. */
export async function shareWith(
  work: Work,
  before: ShoppingListRecord,
  collaborators: Collaborator[],
): Promise<ShoppingListRecord> {
  const memberIds = [before.ownerId, ...collaborators.map(other => other.userId)];
  const people = { collaborators, memberIds };
  if (before.status === 'ARCHIVED') return changeList(work, before, { fields: people, cause: 'SHARED' });
  const shared = { ...before, ...people };
  const plans = await work.planCopies.getMany(before.mealPlanIds);
  const mealPlanIds = before.mealPlanIds.filter(id => {
    const planner = plans.get(id)?.state?.ownerId;
    return planner === undefined || mayEdit(shared, planner);
  });
  const { list } = await regenerate(work, before, 'SHARED', { ...people, mealPlanIds });
  return list;
}
