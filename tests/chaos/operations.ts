import type { Person } from './client.ts';
import type { AskedPlan, Journal } from './journal.ts';
import type { Random } from './random.ts';

/** Somebody who uses the house, and what they have. */
export interface Actor {
  person: Person;
  recipes: { id: string; version: number }[];
  /** plans known to be ACTIVE */
  plans: AskedPlan[];
}

export interface World {
  actors: readonly Actor[];
  /** recipes that everybody may plan */
  shipped: readonly string[];
  posts: string[];
  random: Random;
  journal: Journal;
}

type Operation = (actor: Actor, world: World) => Promise<void>;

const monday = Date.UTC(2026, 10, 30);
const day = (offset: number): string => new Date(monday + offset * 86_400_000).toISOString().slice(0, 10);
const DAYS = 5;
const ingredients = ['2 onions', '400 g tomatoes', '1 tbsp olive oil', '3 cloves garlic', '250 g rice', '1 tsp cumin'];

let keys = 0;

export const createPlan: Operation = async (actor, world) => {
  await newPlan(actor, world);
};

/** A plan, insisted on until it is there. */
export async function newPlan(
  actor: Actor,
  { random, shipped, journal }: World,
  { note, wantsList = random.chance(0.8) }: { note?: string; wantsList?: boolean } = {},
): Promise<AskedPlan> {
  const plan: AskedPlan = {
    key: `plan-${process.pid}-${(keys += 1)}`,
    ownerId: actor.person.userId,
    wantsList,
    answered: new Set(),
    deletion: 'none',
  };
  journal.plans.set(plan.key, plan);
  const recipes = [...actor.recipes.map(({ id }) => id), ...shipped];
  const items = Array.from({ length: random.between(2, 5) }, () => ({
    date: day(random.between(0, DAYS - 1)),
    mealType: random.pick(['BREAKFAST', 'LUNCH', 'DINNER']),
    recipeId: random.pick(recipes),
    ...(note !== undefined && { note }),
  }));
  const input = {
    ...{ name: plan.key, startDate: day(0), endDate: day(DAYS - 1), items },
    ...{ generateShoppingList: plan.wantsList, idempotencyKey: plan.key },
  };
  const document = `mutation($input: CreateMealPlanInput!) {
    createMealPlan(input: $input) { mealPlan { id status } userErrors { code message } }
  }`;
  // asked twice, or at the same time, it is still one plan
  const times = random.chance(0.1) ? random.between(2, 5) : 1;
  const outcomes = await Promise.all(Array.from({ length: times }, () => actor.person.insist(document, { input })));
  for (const { payload, userErrors } of outcomes) {
    if (payload.mealPlan === null) journal.surprises.push(`${plan.key} was refused: ${userErrors.join(', ')}`);
    else plan.answered.add(payload.mealPlan.id as string);
    if (payload.mealPlan?.status === 'ACTIVE' && !actor.plans.includes(plan)) actor.plans.push(plan);
  }
  if (actor.plans.length > 30) actor.plans.shift();
  return plan;
}

/** An ACTIVE plan's id; null when the actor has none. */
const anyPlan = (actor: Actor, random: Random): { plan: AskedPlan; id: string } | null => {
  const plans = actor.plans.filter(plan => plan.deletion === 'none');
  if (plans.length === 0) return null;
  const plan = random.pick(plans);
  return { plan, id: [...plan.answered][0] ?? '' };
};

const editPlan: Operation = async (actor, { random, shipped, journal }) => {
  const found = anyPlan(actor, random);
  if (found === null) return;
  const { id, plan } = found;
  const date = day(random.between(0, DAYS - 1));
  const answer = 'mealPlan { version } userErrors { code }';
  const edits = [
    () =>
      actor.person.ask(
        `mutation($id: ID!, $date: LocalDate!) { skipDay(mealPlanId: $id, date: $date) { ${answer} } }`,
        { id, date },
      ),
    () =>
      actor.person.ask(
        `mutation($id: ID!, $date: LocalDate!) { unskipDay(mealPlanId: $id, date: $date) { ${answer} } }`,
        { id, date },
      ),
    () =>
      actor.person.ask(
        `mutation($id: ID!, $input: MealPlanItemInput!) { addMealPlanItem(mealPlanId: $id, input: $input) { ${answer} } }`,
        { id, input: { date, mealType: 'SNACK', recipeId: random.pick(shipped) } },
      ),
  ];
  const { payload } = await random.pick(edits)();
  const version = payload.mealPlan?.version as number | undefined;
  if (version !== undefined) journal.acknowledge({ collection: 'meal_plans', id, version, plan });
};

const deletePlan: Operation = async (actor, { random, journal }) => {
  const found = anyPlan(actor, random);
  if (found === null) return;
  found.plan.deletion = 'wanted';
  const document = 'mutation($id: ID!) { deleteMealPlan(id: $id) { deletedId userErrors { code } } }';
  const { userErrors } = await actor.person.ask(document, { id: found.id });
  if (userErrors.length === 0) found.plan.deletion = 'acknowledged';
  else journal.surprises.push(`${found.plan.key} could not be deleted: ${userErrors.join(', ')}`);
};

const editRecipe: Operation = async (actor, { random, journal }) => {
  const recipe = random.pick(actor.recipes);
  const input = recipeInput(random, `edited ${random.between(1, 1e6)}`);
  const document = `mutation($id: ID!, $version: Int!, $input: RecipeInput!) {
    updateRecipe(id: $id, expectedVersion: $version, input: $input) { recipe { version } userErrors { code } }
  }`;
  const { payload, userErrors } = await actor.person.ask(document, { id: recipe.id, version: recipe.version, input });
  if (userErrors.includes('CONFLICT')) {
    const { payload: now } = await actor.person.ask('query($id: ID!) { recipe(id: $id) { version } }', {
      id: recipe.id,
    });
    recipe.version = now.version as number;
  } else if (payload.recipe !== null) {
    recipe.version = payload.recipe.version as number;
    journal.acknowledge({ collection: 'recipes', id: recipe.id, version: recipe.version });
  }
};

/** A recipe of one's own; somebody who was told that there is one finds it. */
export const createRecipe: Operation = async (actor, { random, journal }) => {
  const document =
    'mutation($input: RecipeInput!) { createRecipe(input: $input) { recipe { id version } userErrors { code } } }';
  const { payload } = await actor.person.insist(document, { input: recipeInput(random, `of ${actor.person.userId}`) });
  const { id, version } = payload.recipe as { id: string; version: number };
  actor.recipes.push({ id, version });
  journal.acknowledge({ collection: 'recipes', id, version });
};

const recipeInput = (random: Random, title: string) => ({
  title: `Stew ${title}`,
  recipeYield: `${random.between(1, 6)} servings`,
  recipeIngredient: random.shuffled(ingredients).slice(0, random.between(2, ingredients.length)),
  recipeInstructions: [{ steps: ['Cook it.'] }],
  visibility: 'PUBLIC',
});

const rate: Operation = async (actor, { actors, random }) => {
  const { id } = random.pick(random.pick(actors).recipes);
  const document =
    'mutation($id: ID!, $stars: Int!) { rateRecipe(recipeId: $id, ratingValue: $stars) { userErrors { code } } }';
  await actor.person.ask(document, { id, stars: random.between(1, 5) });
};

const socialise: Operation = async (actor, { posts, actors, random }) => {
  const action = random.pick(['post', 'like', 'unlike', 'comment', 'follow'] as const);
  if (action === 'post' || posts.length === 0) {
    const document =
      'mutation($input: CreatePostInput!) { createPost(input: $input) { post { id } userErrors { code } } }';
    const { payload } = await actor.person.ask(document, { input: { body: 'It was good.' } });
    if (payload.post !== null) posts.push(payload.post.id as string);
    return;
  }
  const id = random.pick(posts);
  const userId = random.pick(actors).person.userId;
  const documents = {
    like: 'mutation($id: ID!) { likePost(postId: $id) { userErrors { code } } }',
    unlike: 'mutation($id: ID!) { unlikePost(postId: $id) { userErrors { code } } }',
    comment: 'mutation($id: ID!) { addComment(postId: $id, body: "Yes") { userErrors { code } } }',
    follow: 'mutation($userId: ID!) { followUser(userId: $userId) { userErrors { code } } }',
  };
  await actor.person.ask(documents[action], action === 'follow' ? { userId } : { id });
};

const prefer: Operation = async (actor, { random }) => {
  const document =
    'mutation($input: UpdatePreferencesInput!) { updatePreferences(input: $input) { userErrors { code } } }';
  const input = { defaultServings: random.between(1, 8), measurementSystem: random.pick(['METRIC', 'US']) };
  await actor.person.ask(document, { input });
};

const check: Operation = async actor => {
  const document = '{ me { activeShoppingList { items(first: 3) { nodes: edges { node { id checked } } } } } }';
  const { payload } = await actor.person.ask(document);
  const item = payload.activeShoppingList?.items?.nodes?.[0]?.node as { id: string; checked: boolean } | undefined;
  if (item === undefined) return;
  const change =
    'mutation($id: ID!, $checked: Boolean!) { setItemChecked(id: $id, checked: $checked) { userErrors { code } } }';
  await actor.person.ask(change, { id: item.id, checked: !item.checked });
};

/** What people do, and how often in a hundred. */
export const operations: Record<string, { weight: number; run: Operation }> = {
  createPlan: { weight: 42, run: createPlan },
  editPlan: { weight: 20, run: editPlan },
  deletePlan: { weight: 6, run: deletePlan },
  editRecipe: { weight: 9, run: editRecipe },
  rate: { weight: 5, run: rate },
  socialise: { weight: 8, run: socialise },
  prefer: { weight: 5, run: prefer },
  check: { weight: 5, run: check },
};
