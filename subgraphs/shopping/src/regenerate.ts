import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import type { ShoppingListState } from '@mealprep360/contracts/shopping';
import { newId } from '@mealprep360/mongo/id';
import { aisleFinder } from './aisles.ts';
import type { Work } from './context.ts';
import { cookedMeals, needsOf, type CookedMeal, type RecipeLines } from './domain/needs.ts';
import { reconcile } from './domain/reconcile.ts';
import type { ShoppingItemRecord } from './models/shopping-item.ts';
import { forPlans, mayEdit, type ShoppingListRecord } from './models/shopping-list.ts';
import { beginList, blankList, changeList, deleteList, type ListChange } from './shopping-list-aggregate.ts';

type Cause = ShoppingListState['cause'];

/** A list compared with what its plans need. */
interface Comparison {
  list: ShoppingListRecord;
  /** recipes that have not arrived: while there are any, the items stay as they are */
  awaited: string[];
}

/**
 * Makes the list what its plans need now, and says so if that changes anything; `fields` change with it. While a recipe
 * has not arrived the items stay as they are, and its arrival makes up for it.
 */
export async function regenerate(
  work: Work,
  before: ShoppingListRecord,
  cause: Cause,
  fields: NonNullable<ListChange['fields']> = {},
): Promise<Comparison> {
  const { change, awaited } = await compare(work, { ...before, ...fields });
  const isSame = change.put.length + change.gone.length + Object.keys(fields).length === 0;
  const kept = { ...fields, ...change.fields };
  if (!isSame) return { list: await changeList(work, before, { ...change, fields: kept, cause }), awaited };
  // Written even so: of two transactions that compare the same list at once, the later one then starts again.
  await work.lists.updateOne({ _id: before._id }, { $set: kept }, { session: work.session });
  return { list: { ...before, ...kept }, awaited };
}

/** A list of the plan's own. */
export async function generateList(work: Work, plan: MealPlanState): Promise<Comparison> {
  const name = plan.name ?? `${plan.startDate} – ${plan.endDate}`;
  const blank = blankList(work, { ownerId: plan.ownerId, name, mealPlanIds: [plan.id] });
  const { change, awaited } = await compare(work, blank);
  return { list: await beginList(work, blank, { ...change, cause: 'OTHER' }), awaited };
}

/** The list that buys for a plan, if there is one. */
export const listOfPlan = (work: Work, planId: string): Promise<ShoppingListRecord | null> =>
  work.lists
    .findOne(forPlans([planId]))
    .session(work.session)
    .lean<ShoppingListRecord>();

/** Takes what a plan asked for off its list; a list that then holds nothing goes with it. An archived list stays. */
export async function takePlanOff(work: Work, list: ShoppingListRecord, planId: string, cause: Cause): Promise<void> {
  const mealPlanIds = list.mealPlanIds.filter(id => id !== planId);
  if (list.status === 'ARCHIVED') {
    await changeList(work, list, { fields: { mealPlanIds }, cause: 'OTHER' });
    return;
  }
  const isLast = mealPlanIds.length === 0;
  if (isLast && !(await work.items.exists({ listId: list._id, manual: true }).session(work.session))) {
    await deleteList(work, list);
  } else await regenerate(work, list, cause, { mealPlanIds });
}

async function compare(
  work: Work,
  list: ShoppingListRecord,
): Promise<{ change: Required<Omit<ListChange, 'cause'>>; awaited: string[] }> {
  const copies = await work.planCopies.getMany(list.mealPlanIds);
  const meals = [...copies.values()]
    .flatMap(({ state }) => state ?? [])
    .filter(plan => mayEdit(list, plan.ownerId))
    .flatMap(cookedMeals);
  const { recipes, awaited } = await recipesFor(work, meals, list.recipeIds);
  const fields = { recipeIds: [...new Set(meals.map(meal => meal.recipeId))].sort(), comparedAt: work.now };
  if (awaited.length > 0) return { change: { fields, put: [], gone: [] }, awaited };
  const foods = needsOf(meals, recipes);
  const aisleOf = await aisleFinder(work, list.ownerId, foods);
  const needs = foods.map(food => ({ ...food, aisle: aisleOf(food) }));
  const before = await work.items.find({ listId: list._id }).session(work.session).lean<ShoppingItemRecord[]>();
  const { added, changed, gone } = reconcile(before, needs);
  const put = [...changed, ...added.map(item => ({ ...item, _id: newId(), listId: list._id }))];
  return { change: { fields, put, gone: gone.map(item => item._id) }, awaited };
}

/** The recipes of these meals that are there, and the ids of those that are still to come. */
async function recipesFor(
  work: Work,
  meals: readonly CookedMeal[],
  known: readonly string[],
): Promise<{ recipes: Map<string, RecipeLines>; awaited: string[] }> {
  const ids = [...new Set(meals.map(meal => meal.recipeId))];
  const copies = await work.recipeCopies.getMany(ids);
  const recipes = new Map<string, RecipeLines>();
  const awaited: string[] = [];
  for (const id of ids) {
    const copy = copies.get(id);
    const versions = meals.filter(meal => meal.recipeId === id).map(meal => meal.recipeVersion ?? 1);
    const isThere = copy?.state != null && copy.version >= Math.max(...versions);
    if (isThere && copy.state) recipes.set(id, copy.state);
    else if (!(await work.isEntombed('Recipe', id))) awaited.push(id);
    // The recipe's next event looks for the lists that name it: marking it makes that event and this transaction
    // collide, where neither could see the other. Recipes that came with the system are never edited.
    const isStill = isThere && (known.includes(id) || copy.state?.ownerId === null);
    if (!isStill) await work.recipeCopies.await(id);
  }
  return { recipes, awaited };
}
