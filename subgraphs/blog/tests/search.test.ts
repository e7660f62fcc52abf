import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ana, ben, openBlog, operator, soup, type Blog } from './kit.ts';

let blog: Blog;

beforeAll(async () => {
  blog = await openBlog();
  await blog.mutate(operator, 'createBlogCategory', { name: 'Basics' });
  await blog.post({ title: 'Dumplings', bodyMarkdown: 'Steam the lentils.', tags: ['Quick', 'Lentils'] });
  await blog.post({ title: 'Lentils', bodyMarkdown: 'Boil.', tags: ['Quick'] });
  await blog.post({ title: 'Draft of lentils', bodyMarkdown: 'Lentils.', tags: ['Quick', '麻婆'] }, false);
});
afterAll(() => blog.stop());

const titles = async (filter: object, viewer: typeof ana | null = null) => {
  const { data, errors } = await blog.ask(
    viewer,
    'query($filter: BlogPostFilter) { blogPosts(filter: $filter) { totalCount nodes { title } } }',
    { filter },
  );
  expect(errors).toBeUndefined();
  expect(data.blogPosts.totalCount).toBe(data.blogPosts.nodes.length);
  return data.blogPosts.nodes.map(({ title }: { title: string }) => title);
};

describe('posts are found', () => {
  it('newest first', async () => {
    expect(await titles({})).toEqual(['Lentils', 'Dumplings']);
  });

  it('by text, the best match first', async () => {
    expect(await titles({ text: 'lentil' })).toEqual(['Lentils', 'Dumplings']);
    expect(await titles({ text: 'steaming' })).toEqual(['Dumplings']);
    expect(await titles({ text: '"$where -- \\" {' })).toEqual([]);
  });

  it('by tag, author and status, all of which must hold', async () => {
    expect(await titles({ tagSlug: 'lentils' })).toEqual(['Dumplings']);
    expect(await titles({ tagSlug: 'nothing' })).toEqual([]);
    expect(await titles({ categorySlug: 'basics' })).toEqual([]);
    expect(await titles({ categorySlug: 'nothing' })).toEqual([]);
    expect(await titles({ authorId: ana.userId, text: 'boil' })).toEqual(['Lentils']);
    expect(await titles({ authorId: ben.userId })).toEqual([]);
    expect(await titles({ status: 'DRAFT' }, ana)).toEqual(['Draft of lentils']);
    expect(await titles({ status: 'DRAFT', text: 'lentils' }, ana)).toEqual(['Draft of lentils']);
    expect(await titles({ status: 'DRAFT' }, ben)).toEqual([]);
    expect(await titles({ status: 'DRAFT' })).toEqual([]);
  });

  it('page by page, also one’s own with their drafts', async () => {
    for (const [list, count] of [
      ['blogPosts(first: 1, after: $after)', 2],
      ['blogPosts(first: 1, after: $after, filter: { text: "lentils" })', 2],
      ['me { blogPosts(first: 1, after: $after)', 3],
    ] as const) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const answer = await blog.ask(
          ana,
          `query($after: String) { ${list} { nodes { id } pageInfo { hasNextPage endCursor } } ${list.startsWith('me') ? '}' : ''} }`,
          { after },
        );
        expect(answer.errors).toBeUndefined();
        const page = (answer.data.me ?? answer.data).blogPosts;
        seen.push(page.nodes[0].id);
        ({ endCursor: after, hasNextPage: more } = page.pageInfo);
      }
      expect([new Set(seen).size, seen.length]).toEqual([count, count]);
    }
  });
});

describe('tags', () => {
  it('are those of published posts, the most used first, and count them only', async () => {
    const { data } = await blog.ask(ana, '{ blogTags { name postCount } few: blogTags(first: 1) { name } }');
    expect(data.blogTags).toEqual([
      { name: 'Quick', postCount: 2 },
      { name: 'Lentils', postCount: 1 },
    ]);
    expect(data.few).toEqual([{ name: 'Quick' }]);
  });

  it('of twenty posts written at once are made once', async () => {
    const input = { ...soup, tags: ['At once'] };
    const made = await Promise.all(Array.from({ length: 20 }, () => blog.mutate(ana, 'createBlogPost', { input })));
    expect(made.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const tags = blog.service('blog').db.connection.collection('blog_tags');
    expect(await tags.countDocuments({ key: 'at once' })).toBe(1);
  });

  it('without Latin letters have a slug as well', async () => {
    const { tags } = await blog.post({ tags: ['麻婆', '豆腐'] }, false);
    expect(tags.map(({ slug }) => slug)).toEqual(['tag', expect.stringMatching(/^tag-[0-9a-f]{6}$/)]);
  });
});

describe('categories', () => {
  it('are made by operators only, once each, and read by name', async () => {
    const make = async (viewer: typeof ana, name: string) =>
      (await blog.mutate(viewer, 'createBlogCategory', { name })).userErrors[0]?.code ?? null;
    expect(await make(ana, 'Affairs')).toBe('FORBIDDEN');
    expect(await make(operator, 'Affairs')).toBeNull();
    expect(await make(operator, ' AFFAIRS ')).toBe('CATEGORY_EXISTS');
    expect(await make(operator, ' ')).toBe('INVALID_INPUT');
    const { data } = await blog.ask(null, '{ blogCategories { slug posts { totalCount } } }');
    expect(data.blogCategories).toEqual([
      { slug: 'affairs', posts: { totalCount: 0 } },
      { slug: 'basics', posts: { totalCount: 0 } },
    ]);
  });

  it('are at most 200', async () => {
    const categories = blog.service('blog').db.connection.collection<{ _id: string }>('blog_categories');
    const many = Array.from({ length: 198 }, (_, nth) => ({
      ...{ _id: nth.toString(16).padStart(24, '0'), slug: `many-${nth}`, name: `Many ${nth}`, key: `many ${nth}` },
    }));
    await categories.insertMany(many);
    const { userErrors } = await blog.mutate(operator, 'createBlogCategory', { name: 'One more' });
    expect(userErrors[0].code).toBe('TOO_MANY_CATEGORIES');
    await categories.deleteMany({ slug: /^many-/ });
  });
});

describe('bad input', () => {
  it.each([
    ['an empty title', { title: '  ' }, ['input', 'title']],
    [
      'a text that renders to too much',
      { bodyMarkdown: `|${'a|'.repeat(999)}\n|${'-|'.repeat(999)}\n${'|\n'.repeat(20_000)}` },
      ['input', 'bodyMarkdown'],
    ],
    ['too many tags', { tags: Array(11).fill('x') }, ['input', 'tags']],
    ['too many recipes', { recipeIds: Array(21).fill('0123456789abcdef01234567') }, ['input', 'recipeIds']],
    ['a picture of another scheme', { heroImage: 'ftp://example.org/x.png' }, ['input', 'heroImage']],
  ])('is answered by naming it: %s', async (_, change, path) => {
    const { post, userErrors } = await blog.mutate(ana, 'createBlogPost', { input: { ...soup, ...change } });
    expect({ post, first: userErrors[0] }).toMatchObject({ post: null, first: { code: 'INVALID_INPUT', path } });
  });

  it('is answered by naming it: a category that is not there', async () => {
    const categoryId = '0123456789abcdef01234567';
    const { userErrors } = await blog.mutate(ana, 'createBlogPost', { input: { ...soup, categoryId } });
    expect(userErrors[0]).toMatchObject({ code: 'CATEGORY_NOT_FOUND', path: ['input', 'categoryId'] });
  });

  it.each(['blogPosts', 'blogTags'])('is refused as a page size of %s', async field => {
    const selection = field === 'blogPosts' ? '{ totalCount }' : '{ id }';
    for (const first of [-1, 0, 101]) {
      const { errors } = await blog.ask(null, `query($first: Int) { ${field}(first: $first) ${selection} }`, { first });
      expect(errors?.[0]?.extensions.code).toBe('INVALID_FIRST');
    }
  });

  it.each([
    ['both names', '{ blogPost(id: "0123456789abcdef01234567", slug: "x") { id } }'],
    ['no name', '{ blogPost { id } }'],
    ['an id that is none', '{ blogPost(id: "$ne") { id } }'],
    ['a search that is too long', `{ blogPosts(filter: { text: "${'x'.repeat(201)}" }) { totalCount } }`],
  ])('is refused in a query: %s', async (_, document) => {
    const { errors } = await blog.ask(null, document);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it.each([
    'createBlogPost(input: { title: "x", bodyMarkdown: "y" })',
    'deleteBlogPost(id: "x")',
    'publishBlogPost(id: "x")',
  ])('needs somebody who signed in: %s', async field => {
    const { errors } = await blog.ask(null, `mutation { ${field} { userErrors { code } } }`);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
