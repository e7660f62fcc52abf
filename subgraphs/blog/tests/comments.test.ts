import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ana, ben, cem, openBlog, operator, type Blog } from './kit.ts';

let blog: Blog;

beforeAll(async () => {
  blog = await openBlog();
});
afterAll(() => blog.stop());

type Viewer = Parameters<Blog['ask']>[0];

const say = async (viewer: NonNullable<Viewer>, postId: string, body: string, replyTo: string | null = null) =>
  (await blog.mutate(viewer, 'addBlogComment', { postId, body, replyTo })).comment;

const read = async (viewer: Viewer, id: string) => {
  const { data, errors } = await blog.ask(
    viewer,
    `query($id: ID!) { blogPost(id: $id) {
      commentCount comments { totalCount nodes { body status replyTo { body } } } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  const { commentCount, comments } = data.blogPost;
  expect(comments.totalCount).toBe(comments.nodes.length);
  return { commentCount, bodies: comments.nodes.map(({ body }: { body: string }) => body), nodes: comments.nodes };
};

describe('a comment', () => {
  it('waits until the author of the post approves it, seen by the two of them and operators only', async () => {
    const { id } = await blog.post();
    const comment = await say(ben, id, 'Good.');
    expect(comment).toMatchObject({ status: 'PENDING', author: { id: ben.userId }, replyTo: null });
    for (const viewer of [ana, ben, operator]) {
      expect(await read(viewer, id)).toMatchObject({ commentCount: 0, bodies: ['Good.'] });
    }
    for (const viewer of [cem, null]) expect((await read(viewer, id)).bodies).toEqual([]);

    const approve = (viewer: typeof ben) =>
      blog.mutate(viewer, 'moderateBlogComment', { id: comment.id, status: 'APPROVED' });
    expect((await approve(cem)).userErrors[0].code).toBe('COMMENT_NOT_FOUND');
    expect((await approve(ben)).userErrors[0].code).toBe('FORBIDDEN');
    expect((await approve(ana)).comment.status).toBe('APPROVED');
    for (const viewer of [cem, null]) {
      expect(await read(viewer, id)).toMatchObject({ commentCount: 1, bodies: ['Good.'] });
    }
  });

  it('that an operator rejects is out of sight again', async () => {
    const { id } = await blog.post();
    const comment = await say(ben, id, 'Spam.');
    for (const status of ['APPROVED', 'REJECTED']) {
      const answer = await blog.mutate(operator, 'moderateBlogComment', { id: comment.id, status });
      expect(answer.comment.status).toBe(status);
    }
    expect(await read(cem, id)).toMatchObject({ commentCount: 0, bodies: [] });
    expect((await read(ben, id)).nodes[0]).toMatchObject({ status: 'REJECTED' });
  });

  it('of the post’s own author is approved', async () => {
    const { id } = await blog.post();
    expect(await say(ana, id, 'Thanks.')).toMatchObject({ status: 'APPROVED' });
  });

  it('answers another one of the same post, which is shown to who may see it', async () => {
    const [one, other] = [await blog.post(), await blog.post()];
    const first = await say(ben, one.id, 'Good.');
    expect(await say(ana, one.id, 'Thanks.', first.id)).toMatchObject({ replyTo: { id: first.id } });
    expect((await read(cem, one.id)).nodes).toEqual([{ body: 'Thanks.', status: 'APPROVED', replyTo: null }]);
    expect((await read(ben, one.id)).nodes[1]).toMatchObject({ replyTo: { body: 'Good.' } });
    for (const [viewer, postId] of [[ana, other.id] as const, [cem, one.id] as const]) {
      const answer = await blog.mutate(viewer, 'addBlogComment', { postId, body: 'x', replyTo: first.id });
      expect(answer.userErrors[0]).toMatchObject({ code: 'COMMENT_NOT_FOUND', path: ['replyTo'] });
    }
  });

  it('is made on a published post only', async () => {
    const draft = await blog.post({}, false);
    for (const viewer of [ana, ben]) {
      const answer = await blog.mutate(viewer, 'addBlogComment', { postId: draft.id, body: 'x' });
      expect(answer.userErrors[0]).toMatchObject({ code: 'POST_NOT_FOUND', path: ['postId'] });
    }
  });

  it('is text as it was written, but for what cannot be seen', async () => {
    const { id } = await blog.post();
    expect(await say(ben, id, ' 1 < 2 <b>\u202e\u0000\r\n ')).toMatchObject({ body: '1 < 2 <b>' });
  });

  it.each([
    ['an empty text', { body: ' \u0000 ' }, ['body']],
    ['a long text', { body: 'x'.repeat(2001) }, ['body']],
    ['a post that is no id', { postId: '{"$ne":""}' }, ['postId']],
    ['an answer to no id', { replyTo: '$ne' }, ['replyTo']],
  ])('is refused by name: %s', async (_, change, path) => {
    const { id } = await blog.post();
    const { userErrors, comment } = await blog.mutate(ben, 'addBlogComment', { postId: id, body: 'x', ...change });
    expect({ comment, first: userErrors[0] }).toMatchObject({ comment: null, first: { code: 'INVALID_INPUT', path } });
  });

  it('needs somebody to sign for it', async () => {
    const { errors } = await blog.ask(null, `mutation { addBlogComment(postId: "x", body: "y") { comment { id } } }`);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
