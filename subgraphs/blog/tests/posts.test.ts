import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ana, ben, idsOf, openBlog, operator, soup, type Blog } from './kit.ts';

let blog: Blog;

beforeAll(async () => {
  blog = await openBlog();
});
afterAll(() => blog.stop());

const soon = new Date(Date.now() + 60 * 60 * 1000).toISOString();
const statusOf = async (viewer: typeof ana | null, id: string) =>
  (await blog.ask(viewer, 'query($id: ID!) { blogPost(id: $id) { status } }', { id })).data.blogPost?.status ?? null;

describe('a post', () => {
  it('is read as it was written, rendered, and with the beginning of its text', async () => {
    const recipeIds = ['0123456789abcdef01234567', '0123456789abcdef01234568'];
    const { category } = await blog.mutate(operator, 'createBlogCategory', { name: 'Suppen & Eintöpfe' });
    const { id } = await blog.post({
      title: 'Älplersuppe',
      tags: ['Quick', '#quick', 'Brühe'],
      categoryId: category.id,
      recipeIds,
      heroImage: 'https://example.org/soup.png',
    });
    const { data, errors } = await blog.ask(
      null,
      `query($id: ID!) { blogPost(id: $id) {
        slug title excerpt bodyMarkdown bodyHtml status version commentCount heroImage author { id }
        category { slug name } tags { slug name postCount } recipes { id }
      } }`,
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data.blogPost).toEqual({
      slug: 'aelplersuppe',
      title: 'Älplersuppe',
      excerpt: 'It is hot.',
      bodyMarkdown: soup.bodyMarkdown,
      bodyHtml: '<p>It is <strong>hot</strong>.</p>\n',
      status: 'PUBLISHED',
      version: 2,
      commentCount: 0,
      heroImage: 'https://example.org/soup.png',
      author: { id: ana.userId },
      category: { slug: 'suppen-eintoepfe', name: 'Suppen & Eintöpfe' },
      tags: [
        { slug: 'quick', name: 'Quick', postCount: 1 },
        { slug: 'bruehe', name: 'Brühe', postCount: 1 },
      ],
      recipes: recipeIds.map(id => ({ id })),
    });
  });

  it('with a script and a javascript: link renders harmless', async () => {
    const { id } = await blog.post({
      title: '<script>alert(1)</script>',
      bodyMarkdown: '<script>alert(1)</script>\n\n[click](javascript:alert(1)) <img src=x onerror=alert(1)>',
    });
    const { data } = await blog.ask(null, 'query($id: ID!) { blogPost(id: $id) { bodyHtml slug } }', { id });
    expect(data.blogPost.bodyHtml).not.toMatch(/<(script|a|img)/i);
    expect(data.blogPost.slug).toBe('script-alert-1-script');
  });

  it('that other rules rendered is rendered anew when it is read', async () => {
    const { id } = await blog.post();
    const posts = blog.service('blog').db.connection.collection<{ _id: string }>('blog_posts');
    await posts.updateOne({ _id: id }, { $set: { rendering: 0, bodyHtml: '<script>alert(1)</script>' } });
    const { data } = await blog.ask(null, 'query($id: ID!) { blogPost(id: $id) { bodyHtml } }', { id });
    expect(data.blogPost.bodyHtml).toBe('<p>It is <strong>hot</strong>.</p>\n');
  });

  it('has a slug of its own, which stays when the title changes', async () => {
    const [first, second] = [await blog.post({ title: 'Twice' }), await blog.post({ title: 'Twice' })];
    expect([first.slug, second.slug]).toEqual(['twice', `twice-${second.id.slice(-6)}`]);
    const input = { ...soup, title: 'Thrice' };
    const { post } = await blog.mutate(ana, 'updateBlogPost', { id: second.id, expectedVersion: 2, input });
    expect(post).toMatchObject({ title: 'Thrice', slug: second.slug, version: 3, status: 'PUBLISHED' });
    const { data } = await blog.ask(null, 'query($slug: String) { blogPost(slug: $slug) { id } }', second);
    expect(data.blogPost.id).toBe(second.id);
  });

  it('is not overwritten by who did not see its last version', async () => {
    const { id } = await blog.post({}, false);
    const edit = (title: string) =>
      blog.mutate(ana, 'updateBlogPost', { id, expectedVersion: 1, input: { ...soup, title } });
    const answers = await Promise.all([edit('One'), edit('Two')]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? null).sort()).toEqual(['CONFLICT', null]);
  });

  it('is changed by its author only', async () => {
    const { id } = await blog.post();
    for (const viewer of [ben, operator]) {
      const answers = [
        await blog.mutate(viewer, 'updateBlogPost', { id, expectedVersion: 2, input: soup }),
        await blog.mutate(viewer, 'publishBlogPost', { id }),
        await blog.mutate(viewer, 'archiveBlogPost', { id }),
        await blog.mutate(viewer, 'deleteBlogPost', { id }),
      ];
      expect(answers.map(({ userErrors }) => userErrors[0].code)).toEqual(Array(4).fill('POST_NOT_FOUND'));
    }
  });

  it('that is deleted is gone with its comments', async () => {
    const { id } = await blog.post({ tags: ['gone'] });
    await blog.mutate(ben, 'addBlogComment', { postId: id, body: 'Good.' });
    expect(await blog.mutate(ana, 'deleteBlogPost', { id })).toEqual({ deletedId: id, userErrors: [] });
    expect(await statusOf(ana, id)).toBeNull();
    const comments = blog.service('blog').db.connection.collection('blog_comments');
    expect(await comments.countDocuments({ postId: id })).toBe(0);
  });
});

describe('the status', () => {
  it('goes from draft to published, and back out of sight', async () => {
    const { id } = await blog.post({}, false);
    expect(await statusOf(ana, id)).toBe('DRAFT');
    await blog.mutate(ana, 'publishBlogPost', { id });
    expect(await statusOf(ben, id)).toBe('PUBLISHED');
    expect((await blog.mutate(ana, 'publishBlogPost', { id })).post.version).toBe(2);
    const again = await blog.mutate(ana, 'publishBlogPost', { id, at: soon });
    expect(again.userErrors[0]).toMatchObject({ code: 'ALREADY_PUBLISHED', path: ['at'] });
    await blog.mutate(ana, 'archiveBlogPost', { id });
    expect([await statusOf(ana, id), await statusOf(ben, id)]).toEqual(['ARCHIVED', null]);
    expect(await blog.said(id)).toEqual([{ eventType: 'BlogPostPublished', version: 2 }]);
  });

  it('of a scheduled post becomes PUBLISHED at its time, for everybody, and it is said once, then', async () => {
    const { id } = await blog.post({}, false);
    await blog.mutate(ana, 'publishBlogPost', { id, at: soon });
    expect([await statusOf(ana, id), await statusOf(ben, id)]).toEqual(['SCHEDULED', null]);
    const at = new Date(Date.now() + 1500).toISOString();
    expect((await blog.mutate(ana, 'publishBlogPost', { id, at })).post).toMatchObject({ publishedAt: at, version: 3 });
    expect(await blog.said(id)).toEqual([]);
    await expect.poll(() => statusOf(ben, id), { timeout: 20_000 }).toBe('PUBLISHED');
    await expect
      .poll(() => blog.said(id), { timeout: 20_000 })
      .toEqual([{ eventType: 'BlogPostPublished', version: 3 }]);
    // what was said changed nothing that the author sees
    const input = { ...soup, title: 'Later' };
    expect((await blog.mutate(ana, 'updateBlogPost', { id, expectedVersion: 3, input })).post.version).toBe(4);
  });

  it('cannot be planned for more than a year ahead', async () => {
    const { id } = await blog.post({}, false);
    const { userErrors } = await blog.mutate(ana, 'publishBlogPost', { id, at: '2999-01-01T00:00:00Z' });
    expect(userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', path: ['at'] });
  });
});

describe('a post that is not published', () => {
  it.each(['draft', 'scheduled', 'archived'])('is seen by its author alone, by every path: %s', async kind => {
    const { category } = await blog.mutate(operator, 'createBlogCategory', { name: `Hidden ${kind}` });
    const written = {
      title: `Hidden ${kind}`,
      bodyMarkdown: 'unseen',
      tags: [`secret ${kind}`],
      categoryId: category.id,
    };
    const { id, slug } = await blog.post(written, kind === 'archived');
    if (kind === 'scheduled') await blog.mutate(ana, 'publishBlogPost', { id, at: soon });
    let commentId = '0'.repeat(24);
    if (kind === 'archived') {
      commentId = (await blog.mutate(ana, 'addBlogComment', { postId: id, body: 'Mine.' })).comment.id;
      await blog.mutate(ana, 'archiveBlogPost', { id });
    }
    const seen = async (viewer: typeof ana | null) => {
      const { data, errors } = await blog.ask(
        viewer,
        `query($id: ID!, $slug: String!, $tag: String!, $category: String!, $status: PostStatus, $author: ID!, $of: [_Any!]!) {
          byId: blogPost(id: $id) { id } bySlug: blogPost(slug: $slug) { id }
          byText: blogPosts(filter: { text: "unseen" }, first: 100) { totalCount nodes { id } }
          byStatus: blogPosts(filter: { status: $status, authorId: $author }, first: 100) { nodes { id } }
          byTag: blogPosts(filter: { tagSlug: $tag, status: $status }) { nodes { id } }
          byCategory: blogPosts(filter: { categorySlug: $category, status: $status }) { nodes { id } }
          blogTags(first: 100) { slug }
          _entities(representations: $of) {
            ... on BlogPost { title } ... on User { blogPosts(first: 100) { nodes { id } } }
            ... on BlogCategory { posts { totalCount nodes { id } } } ... on BlogTag { postCount } ... on BlogComment { body }
          }
        }`,
        {
          ...{
            id,
            slug,
            tag: `secret-${kind}`,
            category: category.slug,
            status: kind.toUpperCase(),
            author: ana.userId,
          },
          of: [
            { __typename: 'BlogPost', id },
            { __typename: 'User', id: ana.userId },
            { __typename: 'BlogCategory', id: category.id },
            { __typename: 'BlogComment', id: commentId },
          ],
        },
      );
      expect(errors).toBeUndefined();
      return data;
    };
    for (const viewer of [ben, operator, null]) {
      const data = await seen(viewer);
      expect([data.byId, data.bySlug, data._entities[0], data._entities[3]]).toEqual([null, null, null, null]);
      const lists = [data.byText, data.byStatus, data.byTag, data.byCategory, data._entities[1].blogPosts];
      expect(lists.flatMap(idsOf)).not.toContain(id);
      expect(data._entities[2].posts).toEqual({ totalCount: 0, nodes: [] });
      expect(data.blogTags.map(({ slug }: { slug: string }) => slug)).not.toContain(`secret-${kind}`);
    }
    const own = await seen(ana);
    expect([own.byId?.id, own.bySlug?.id]).toEqual([id, id]);
    for (const list of [own.byStatus, own.byTag, own.byCategory, own._entities[1].blogPosts]) {
      expect(idsOf(list)).toContain(id);
    }
    expect(idsOf(own.byText)).not.toContain(id);
  });
});
