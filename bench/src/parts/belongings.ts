import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Belongings } from './documents.ts';
import type { Guest } from './guest.ts';
import { until } from './until.ts';

const RECIPES = 3;

const made = z.object({ id: z.string() });
const imported = z.object({ importRecipe: z.object({ recipe: made }) });
const planned = z.object({ createMealPlan: z.object({ mealPlan: made }) });
const posted = z.object({ createPost: z.object({ post: made }) });
const written = z.object({ createBlogPost: z.object({ post: made }) });
const arrived = z.object({
  me: z.object({
    activeShoppingList: made.nullable(),
    socialProfile: z.object({ handle: z.string() }).nullable(),
    notifications: z.object({ nodes: z.array(made) }),
  }),
});

/** Fills every room for somebody: recipes, a plan of today with its list, a post, an article, and a notice. */
export async function furnish(person: Guest, signal: AbortSignal): Promise<Belongings> {
  const recipeIds = await importSome(person);
  const [recipeId = ''] = recipeIds;
  const planId = await plan(person, recipeIds);
  const what = () =>
    person.ask(
      '{ me { activeShoppingList { id } socialProfile { handle } notifications { nodes { id } } } }',
      {},
      arrived,
    );
  const isThere = async () => {
    const { activeShoppingList, socialProfile, notifications } = (await what()).me;
    return activeShoppingList !== null && socialProfile !== null && notifications.nodes.length > 0;
  };
  await until('the plan has its list and its notice', isThere, { seconds: 60, signal });
  const { activeShoppingList, socialProfile, notifications } = (await what()).me;
  return {
    recipeId,
    planId,
    listId: activeShoppingList?.id ?? '',
    handle: socialProfile?.handle ?? '',
    noticeId: notifications.nodes[0]?.id ?? '',
    postId: await post(person, recipeId, planId),
    articleId: await article(person, recipeId),
  };
}

async function importSome(person: Guest): Promise<string[]> {
  const lines = readFileSync('dev-env/data/recipes.jsonl', 'utf8').split('\n', RECIPES);
  const document = 'mutation($input: ImportRecipeInput!) { importRecipe(input: $input) { recipe { id } } }';
  const ids: string[] = [];
  for (const jsonLd of lines)
    ids.push((await person.ask(document, { input: { jsonLd } }, imported)).importRecipe.recipe.id);
  return ids;
}

async function plan(person: Guest, recipeIds: string[]): Promise<string> {
  const today = new Date().toISOString().slice(0, 10);
  const items = recipeIds.map(recipeId => ({ date: today, mealType: 'DINNER', recipeId }));
  const input = { name: 'Today', startDate: today, endDate: today, items, idempotencyKey: 'today' };
  const document = 'mutation($input: CreateMealPlanInput!) { createMealPlan(input: $input) { mealPlan { id } } }';
  return (await person.ask(document, { input }, planned)).createMealPlan.mealPlan.id;
}

async function post(person: Guest, recipeId: string, mealPlanId: string): Promise<string> {
  const document = 'mutation($input: CreatePostInput!) { createPost(input: $input) { post { id } } }';
  return (await person.ask(document, { input: { body: 'Today', recipeId, mealPlanId } }, posted)).createPost.post.id;
}

async function article(person: Guest, recipeId: string): Promise<string> {
  const document = 'mutation($input: BlogPostInput!) { createBlogPost(input: $input) { post { id } } }';
  const input = { title: 'Dinners', bodyMarkdown: 'Three of them.', recipeIds: [recipeId] };
  const { id } = (await person.ask(document, { input }, written)).createBlogPost.post;
  await person.ask('mutation($id: ID!) { publishBlogPost(id: $id) { post { id } } }', { id }, z.unknown());
  return id;
}
