import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnish } from '../faults/belongings.ts';
import { show, signUp, type Client } from './client.ts';
import {
  allRecommended,
  breaking,
  labels,
  prefer,
  reasonsNow,
  recommendations,
  vegetarian,
  type Recommended,
} from './recommended.ts';
import { stopRelay, unnumbered } from './relay.ts';
import { lacking, screens, services, showAll, type Shown } from './screens.ts';
import { importShipped } from './week.ts';

const data = mkdtempSync(join(tmpdir(), 'mealprep360-doors-'));
let house: House;

beforeAll(async () => {
  house = await startHouse({ portBase: await freePortBase(), data });
}, 180_000);

afterAll(async () => {
  await house.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

/** Does something while the process of a service is away. */
async function without<Result>(service: string, work: () => Promise<Result>): Promise<Result> {
  house.hold(service, 'SIGTERM');
  try {
    const pid = () => house.run()?.processes.find(({ name }) => name === service)?.pid;
    await expect.poll(pid, { interval: 20 }).toBeNull();
    return await work();
  } finally {
    house.release(service);
  }
}

describe('what is recommended to Ana, a vegetarian with a peanut allergy', () => {
  const careful = { diets: ['VEGETARIAN'], allergens: ['PEANUTS'] };
  let person: Client;

  it('holds, page by page to the end, nothing that breaks either', async () => {
    person = await vegetarian(house.graph);
    await expect.poll(() => reasonsNow(person)).toEqual(['suits VEGETARIAN', 'no PEANUTS found in it']);
    const all = await allRecommended(person);
    expect(new Set(all.map(({ node }) => node.id)).size).toBe(all.length);
    expect(breaking(all, careful)).toEqual([]);
    const labelled = all.flatMap(edge => {
      const label = labels.find(({ url }) => url === edge.node.sourceUrl);
      return label ? [{ ...edge, ...label }] : [];
    });
    expect(labelled.filter(({ vegetarian, peanut }) => vegetarian === 'no' || peanut !== 'no')).toEqual([]);
    const depending = labelled.filter(({ vegetarian }) => vegetarian === 'depends');
    expect(depending.filter(({ reasons }) => !reasons.some(reason => /depends/i.test(reason)))).toEqual([]);
    expect(labelled.filter(({ vegetarian }) => vegetarian === 'yes').length).toBeGreaterThanOrEqual(15);
    const dashboard = await show(person, `${house.bff}/web/dashboard`);
    expect(dashboard.errors).toEqual([]);
    expect(dashboard.data.recommendedRecipes).toMatchObject(
      all.slice(0, 10).map(({ reasons, node: { id, title } }) => ({ id, title, reasons })),
    );
  });

  it('goes by what she prefers now', async () => {
    const stricter = { diets: ['VEGAN'], allergens: ['PEANUTS', 'GLUTEN'] };
    expect(breaking(await allRecommended(person), stricter)).not.toEqual([]);
    await prefer(person, stricter);
    const reasons = ['suits VEGAN', 'no PEANUTS found in it', 'no GLUTEN found in it'];
    await expect.poll(() => reasonsNow(person), { interval: 20 }).toEqual(reasons);
    const all = await allRecommended(person);
    expect(all.length).toBeGreaterThan(0);
    expect(breaking(all, stricter)).toEqual([]);
  });

  it('is null, never unfiltered, until somebody can say what she prefers', async () => {
    const restartRelay = await stopRelay(house, 'users');
    const newcomer = await vegetarian(house.graph);
    await without('users', async () => {
      expect(await unnumbered(house, 'users')).toBe(2);
      expect(await recommendations(newcomer)).toEqual({ page: null, codes: ['NOT_READY'] });
      const dashboard = await show(newcomer, `${house.bff}/web/dashboard`);
      expect(dashboard.data.recommendedRecipes).toBeNull();
      expect(dashboard.errors).toContainEqual({ part: 'recommendedRecipes', code: 'NOT_READY' });
    });
    const seen: Recommended[] = [];
    const next = async () => {
      const { page } = await recommendations(newcomer, 100);
      seen.push(...(page?.edges ?? []));
      return page;
    };
    await expect.poll(next, { interval: 20 }).not.toBeNull();
    await restartRelay();
    await expect.poll(() => unnumbered(house, 'users')).toBe(0);
    await next();
    expect(breaking(seen, careful)).toEqual([]);
  });
});

describe('the tortilla that Ana posts', () => {
  const PAGE = `query($id: ID!) { recipe(id: $id) {
    title description recipeYield { text } recipeIngredient ingredients(servings: 2) { quantity unit food }
    recipeInstructions { itemListElement { text } } suitableForDiet allergens { allergen }
    user { displayName } aggregateRating { ratingValue ratingCount } reviews { edges { node { reviewBody author { displayName } } } }
    viewerRating viewerHasSaved socialPosts { totalCount nodes { body author { handle } likeCount } }
  } }`;
  let ana: Client;
  let ben: Client;
  let recipeId: string;
  let postId: string;

  beforeAll(async () => {
    ana = await vegetarian(house.graph);
    ben = await signUp(house.graph, 'Ben', 'Europe/Berlin');
    recipeId = await importShipped(ana, 'Spanish Tortilla', 'PUBLIC');
  });

  it('is liked and commented by Ben, who follows her, and she is told of each once', async () => {
    const { createPost } = await ana.ask(
      'mutation($input: CreatePostInput!) { createPost(input: $input) { post { id recipe { title } } userErrors { code } } }',
      { input: { body: 'My tortilla', recipeId } },
    );
    expect(createPost).toMatchObject({ post: { recipe: { title: 'Spanish Tortilla' } }, userErrors: [] });
    postId = createPost.post.id;
    const applaud = `mutation($ana: ID!, $post: ID!) {
      followUser(userId: $ana) { profile { followerCount viewerFollows } userErrors { code } }
      likePost(postId: $post) { post { likeCount viewerHasLiked } userErrors { code } }
    }`;
    const applauded = {
      followUser: { profile: { followerCount: 1, viewerFollows: true }, userErrors: [] },
      likePost: { post: { likeCount: 1, viewerHasLiked: true }, userErrors: [] },
    };
    const on = { ana: ana.userId, post: postId };
    // (a like or a follow given twice is one)
    expect([await ben.ask(applaud, on), await ben.ask(applaud, on)]).toEqual([applauded, applauded]);
    const { addComment } = await ben.ask(
      'mutation($post: ID!) { addComment(postId: $post, body: "With onions?") { comment { body } userErrors { code } } }',
      { post: postId },
    );
    expect(addComment).toEqual({ comment: { body: 'With onions?' }, userErrors: [] });
    const told = '{ type actor { displayName } subject { ... on SocialPost { id likeCount } } }';
    const notices = async () => (await ana.ask(`{ me { notifications { nodes ${told} } } }`)).me.notifications.nodes;
    await expect.poll(notices).toHaveLength(3);
    const all = await notices();
    const [actor, subject] = [{ displayName: 'Ben' }, { id: postId, likeCount: 1 }];
    expect(all).toContainEqual({ type: 'NEW_FOLLOWER', actor, subject: null });
    expect(all).toContainEqual({ type: 'POST_COMMENTED', actor, subject });
    expect(all).toContainEqual({ type: 'POST_LIKED', actor, subject });
  });

  it('stands with its counts on her profile, in his feed and beside the recipe', async () => {
    const post = `{ id body likeCount commentCount comments { nodes { body author { user { displayName } } } } recipe { id } }`;
    const posted = {
      ...{ id: postId, body: 'My tortilla', likeCount: 1, commentCount: 1, recipe: { id: recipeId } },
      comments: { nodes: [{ body: 'With onions?', author: { user: { displayName: 'Ben' } } }] },
    };
    const hers = await ana.ask(`{ me { socialProfile { followerCount posts { nodes ${post} } } } }`);
    expect(hers.me.socialProfile).toEqual({ followerCount: 1, posts: { nodes: [posted] } });
    const his = await ben.ask(
      `query($id: ID!) { feed { nodes ${post} } recipe(id: $id) { socialPosts { nodes ${post} } } }`,
      { id: recipeId },
    );
    expect(his).toEqual({ feed: { nodes: [posted] }, recipe: { socialPosts: { nodes: [posted] } } });
  });

  it('has its whole page without social, but for the posts', async () => {
    const rating = await ben.ask(
      `mutation($id: ID!) {
        rateRecipe(recipeId: $id, ratingValue: 5, reviewBody: "As in Spain") { userErrors { code } }
        saveRecipe(recipeId: $id) { userErrors { code } }
      }`,
      { id: recipeId },
    );
    expect(rating).toEqual({ rateRecipe: { userErrors: [] }, saveRecipe: { userErrors: [] } });
    const { recipe } = await ben.ask(PAGE, { id: recipeId });
    expect(recipe).toMatchObject({
      user: { displayName: 'Ana' },
      aggregateRating: { ratingValue: 5, ratingCount: 1 },
      reviews: { edges: [{ node: { reviewBody: 'As in Spain', author: { displayName: 'Ben' } } }] },
      viewerHasSaved: true,
      socialPosts: { totalCount: 1 },
    });
    expect(recipe.ingredients.length).toBeGreaterThan(3);
    const { data: page, errors } = await without('social', () => ben.send(PAGE, { id: recipeId }));
    expect(page).toEqual({ recipe: { ...recipe, socialPosts: null } });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['SERVICE_UNAVAILABLE']);
    await expect.poll(async () => (await ben.send(PAGE, { id: recipeId })).data).toEqual({ recipe });
  });
});

describe('what is written to do harm', () => {
  const [script, link] = ['<script>alert(1)</script>', '[click](javascript:alert(1))'];
  let person: Client;

  beforeAll(async () => {
    person = await signUp(house.graph, 'Mallory', 'UTC');
  });

  it('is shown in an article as it was written, beside what does none', async () => {
    const bodyMarkdown = `${script}\n\n${link} [soup](https://example.org/soup) <a href="javascript:alert(1)">x</a>`;
    const { createBlogPost } = await person.ask(
      'mutation($input: BlogPostInput!) { createBlogPost(input: $input) { post { id } userErrors { code path } } }',
      { input: { title: script, bodyMarkdown } },
    );
    expect(createBlogPost.userErrors).toEqual([]);
    const { publishBlogPost } = await person.ask(
      'mutation($id: ID!) { publishBlogPost(id: $id) { post { slug bodyMarkdown bodyHtml } userErrors { code } } }',
      { id: createBlogPost.post.id },
    );
    expect(publishBlogPost).toMatchObject({ post: { bodyMarkdown }, userErrors: [] });
    expect(publishBlogPost.post.slug).toMatch(/^[a-z0-9-]+$/);
    expect(publishBlogPost.post.bodyHtml).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n' +
        '<p>[click](javascript:alert(1)) ' +
        '<a href="https://example.org/soup" rel="nofollow noopener">soup</a> ' +
        '&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;</p>\n',
    );
  });

  it('is no address of a picture', async () => {
    const address = 'javascript:alert(1)';
    const refused = await person.ask(
      `mutation($address: URL!) {
        createPost(input: { body: "Look", images: [$address] }) { post { id } userErrors { code path } }
        createBlogPost(input: { title: "Look", bodyMarkdown: "here", heroImage: $address }) { post { id } userErrors { code path } }
        updateProfile(input: { avatar: $address }) { user { id } userErrors { code path } }
      }`,
      { address },
    );
    const code = 'INVALID_INPUT';
    expect(refused).toEqual({
      createPost: { post: null, userErrors: [{ code, path: ['input', 'images', '0'] }] },
      createBlogPost: { post: null, userErrors: [{ code, path: ['input', 'heroImage'] }] },
      updateProfile: { user: null, userErrors: [{ code, path: ['input', 'avatar'] }] },
    });
  });

  it('stays text in a post and in a comment: neither has HTML', async () => {
    const body = `${script} ${link}`;
    const { createPost } = await person.ask(
      'mutation($body: String!) { createPost(input: { body: $body }) { post { id body } userErrors { code } } }',
      { body },
    );
    expect(createPost).toMatchObject({ post: { body }, userErrors: [] });
    const { addComment } = await person.ask(
      'mutation($id: ID!, $body: String!) { addComment(postId: $id, body: $body) { comment { body } userErrors { code } } }',
      { id: createPost.post.id, body },
    );
    expect(addComment).toEqual({ comment: { body }, userErrors: [] });
  });
});

describe('the screens', () => {
  let person: Client;
  let healthy: Shown[];

  it('show Ana something in every part', async () => {
    person = await vegetarian(house.graph);
    await furnish(person);
    healthy = await showAll(person, house.bff);
    for (const { data: parts, errors } of healthy) {
      expect(errors).toEqual([]);
      expect(Object.values(parts)).not.toContain(null);
    }
  });

  it.each(services)('lose without %s what is its own, name it, and show all the rest', async service => {
    const shown = await without(service, () => showAll(person, house.bff));
    expect(shown).toEqual(lacking(healthy, service));
    await expect.poll(() => showAll(person, house.bff)).toEqual(healthy);
  });

  it.each(screens)('send $path again only when it shows something else', async ({ path }) => {
    const look = (held: string) =>
      fetch(`${house.bff}${path}`, {
        headers: { authorization: `Bearer ${person.accessToken}`, 'if-none-match': held },
      });
    const rename = (name: string) =>
      person.ask('mutation($name: String!) { updateProfile(input: { displayName: $name }) { userErrors { code } } }', {
        name,
      });
    const first = await look('"another"');
    expect(first.status).toBe(200);
    const tag = first.headers.get('etag') ?? '';
    const second = await look(tag);
    expect([second.status, await second.text()]).toEqual([304, '']);
    await rename('Anna');
    const third = await look(tag);
    expect([third.status, await third.json()]).toMatchObject([200, { user: { displayName: 'Anna' } }]);
    await rename('Ana');
    expect((await look(tag)).status).toBe(304);
  });
});
