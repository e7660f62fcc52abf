import { expect } from 'vitest';
import type { Belongings } from '../../bench/src/parts/documents.ts';
import type { Client } from '../journeys/client.ts';
import { importWeek, settled } from '../journeys/week.ts';

/** Fills every room for somebody: recipes, a plan of today with its list, a post, an article, and a notice. */
export async function furnish(person: Client): Promise<Belongings> {
  const [recipeId = '', ...others] = await importWeek(person);
  const planId = await plan(person, [recipeId, ...others]);
  const { createPost } = await person.ask(
    `mutation($input: CreatePostInput!) { createPost(input: $input) { post { id } userErrors { code message } } }`,
    { input: { body: 'This week', recipeId, mealPlanId: planId } },
  );
  expect(createPost.userErrors).toEqual([]);
  const articleId = await article(person, recipeId);
  await person.ask('mutation($id: ID!) { saveRecipe(recipeId: $id) { userErrors { code } } }', { id: recipeId });
  const made = async () =>
    (
      await person.ask(`{ me {
        activeShoppingList { id } socialProfile { handle } notifications { nodes { id } }
        recommendedRecipes { totalCount }
      } }`)
    ).me;
  await expect.poll(async () => (await made()).notifications.nodes, { timeout: 30_000 }).toHaveLength(1);
  const { activeShoppingList, socialProfile, notifications } = await made();
  return {
    recipeId,
    planId,
    listId: activeShoppingList.id,
    postId: createPost.post.id,
    articleId,
    noticeId: notifications.nodes[0].id,
    handle: socialProfile.handle,
  };
}

async function plan(person: Client, recipeIds: string[]): Promise<string> {
  const today = new Date().toISOString().slice(0, 10);
  const { createMealPlan } = await person.ask(
    `mutation($input: CreateMealPlanInput!) {
      createMealPlan(input: $input) { mealPlan { id } userErrors { code message } }
    }`,
    {
      input: {
        name: 'Today',
        startDate: today,
        endDate: today,
        items: recipeIds.map(recipeId => ({ date: today, mealType: 'DINNER', recipeId })),
        idempotencyKey: 'today',
      },
    },
  );
  expect(createMealPlan.userErrors).toEqual([]);
  expect(await settled(person, createMealPlan.mealPlan.id)).toBe('ACTIVE');
  return createMealPlan.mealPlan.id;
}

async function article(person: Client, recipeId: string): Promise<string> {
  const { createBlogPost } = await person.ask(
    `mutation($input: BlogPostInput!) { createBlogPost(input: $input) { post { id } userErrors { code message } } }`,
    { input: { title: 'A week of dinners', bodyMarkdown: 'Seven of them.', recipeIds: [recipeId] } },
  );
  expect(createBlogPost.userErrors).toEqual([]);
  const { id } = createBlogPost.post;
  await person.ask('mutation($id: ID!) { publishBlogPost(id: $id) { userErrors { code } } }', { id });
  return id;
}
