import type { Collection } from '@mealprep360/mongo/collection';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commentCollection } from '../src/models/comment.ts';
import { likeCollection } from '../src/models/like.ts';
import { reportCollection } from '../src/models/report.ts';
import { mutationNames, openHouse, type House } from './kit.ts';

let house: House;
let ana: string;
let ben: string;
beforeAll(async () => {
  house = await openHouse();
  [ana, ben] = [house.person(), house.person()];
});
afterAll(() => house.stop());

const POST = `query ($id: ID!) { socialPost(id: $id) {
  id body images likeCount viewerHasLiked commentCount author { id }
  comments { totalCount nodes { body author { id } replyTo { body } } }
} }`;
const read = async (id: string, viewer: string | null = null) => {
  const { data, errors } = await house.graph(viewer, POST, { id });
  expect(errors).toBeUndefined();
  return data.socialPost;
};
const rows = <Record>(declared: Collection<Record>) => house.service('social').db.model(declared);

describe('a post', () => {
  it('is read by everybody as it was written, with what it is about by id', async () => {
    const [recipeId, mealPlanId] = [newId(), newId()];
    const written = { body: 'My <b>tortilla</b>', images: ['https://example.org/a.jpg'] };
    const { post } = await house.mutate(ana, 'createPost', { input: { ...written, recipeId, mealPlanId } });
    expect(post).toMatchObject({ ...written, author: { id: ana }, likeCount: 0 });
    expect(post).toMatchObject({ recipe: { id: recipeId }, mealPlan: { id: mealPlanId } });
    expect(await read(post.id)).toMatchObject({ ...written, commentCount: 0 });
    expect(await house.said('SocialPostCreated', { id: post.id })).toMatchObject([{ authorId: ana, recipeId }]);
    expect(JSON.stringify(await house.said('SocialPostCreated', { id: post.id }))).not.toContain('tortilla');
  });

  it('stands with its recipe, newest first', async () => {
    const recipeId = newId();
    const ids = [await house.post(ana, { recipeId }), await house.post(ben, { recipeId })];
    const { data } = await house.graph(
      null,
      `query ($all: [_Any!]!) { _entities(representations: $all) {
        ... on Recipe { socialPosts(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } }
      } }`,
      { all: [{ __typename: 'Recipe', id: recipeId }] },
    );
    expect(data._entities[0].socialPosts).toEqual({
      totalCount: 2,
      nodes: [{ id: ids[1] }],
      pageInfo: { hasNextPage: true },
    });
  });

  it('goes by its author only, with its comments and likes', async () => {
    const id = await house.post(ana);
    await house.comment(ben, id);
    await house.mutate(ben, 'likePost', { postId: id });
    expect(await house.mutate(ben, 'deletePost', { id })).toMatchObject({
      deletedId: null,
      userErrors: [{ code: 'POST_NOT_FOUND', path: ['id'] }],
    });
    expect(await house.mutate(ana, 'deletePost', { id })).toEqual({ deletedId: id, userErrors: [] });
    expect(await read(id)).toBeNull();
    expect(await rows(commentCollection).countDocuments({ postId: id })).toBe(0);
    expect(await rows(likeCollection).countDocuments({ postId: id })).toBe(0);
    expect(await house.said('SocialPostDeleted', { id })).toEqual([{ id, authorId: ana }]);
    expect((await house.mutate(ana, 'deletePost', { id })).userErrors[0].code).toBe('POST_NOT_FOUND');
  });

  it('of what it cannot hold is refused with all that is to mend', async () => {
    const input = { body: ' ', images: ['javascript:alert(1)'], recipeId: 'x' };
    const { post, userErrors } = await house.mutate(ana, 'createPost', { input });
    expect(post).toBeNull();
    expect(userErrors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'input.body',
      'input.images.0',
      'input.recipeId',
    ]);
  });
});

describe('a like', () => {
  it('counts once for each, whoever asks, and is taken back', async () => {
    const postId = await house.post(ana);
    await Promise.all([ana, ben, ben, ben].map(userId => house.mutate(userId, 'likePost', { postId })));
    expect(await read(postId, ben)).toMatchObject({ likeCount: 2, viewerHasLiked: true });
    expect(await read(postId)).toMatchObject({ likeCount: 2, viewerHasLiked: false });
    for (const time of ['first', 'second']) {
      const { post } = await house.mutate(ben, 'unlikePost', { postId });
      expect(post, time).toMatchObject({ likeCount: 1, viewerHasLiked: false });
    }
    expect(await house.said('PostLiked', { postId, userId: ben })).toHaveLength(1);
  });

  it('is seen as it is at each step of one request', async () => {
    const postId = await house.post(ana);
    const { data } = await house.graph(
      ben,
      `mutation ($postId: ID!) {
        a: likePost(postId: $postId) { post { likeCount viewerHasLiked } }
        b: unlikePost(postId: $postId) { post { likeCount viewerHasLiked } }
        c: likePost(postId: $postId) { post { likeCount viewerHasLiked } }
      }`,
      { postId },
    );
    const liked = { post: { likeCount: 1, viewerHasLiked: true } };
    expect(data).toEqual({ a: liked, b: { post: { likeCount: 0, viewerHasLiked: false } }, c: liked });
  });
});

describe('a comment', () => {
  it('is read in the order of the talk, with what it answers', async () => {
    const postId = await house.post(ana);
    const first = await house.comment(ben, postId, { body: 'How long?' });
    const answer = await house.comment(ana, postId, { body: 'An hour.', replyTo: first });
    expect(await read(postId)).toMatchObject({
      commentCount: 2,
      comments: {
        totalCount: 2,
        nodes: [
          { body: 'How long?', author: { id: ben }, replyTo: null },
          { body: 'An hour.', author: { id: ana }, replyTo: { body: 'How long?' } },
        ],
      },
    });
    expect(await house.said('PostCommented', { id: answer })).toMatchObject([
      { postAuthorId: ana, authorId: ana, replyToId: first },
    ]);
  });

  it('goes by its author only; what answers it stays', async () => {
    const postId = await house.post(ana);
    const first = await house.comment(ben, postId, { body: 'How long?' });
    await house.comment(ana, postId, { body: 'An hour.', replyTo: first });
    expect((await house.mutate(ana, 'deleteComment', { id: first })).userErrors[0].code).toBe('COMMENT_NOT_FOUND');
    expect(await house.mutate(ben, 'deleteComment', { id: first })).toEqual({ deletedId: first, userErrors: [] });
    expect(await read(postId)).toMatchObject({
      commentCount: 1,
      comments: { nodes: [{ body: 'An hour.', replyTo: null }] },
    });
  });

  it('answers only what stands on the same post', async () => {
    const elsewhere = await house.comment(ben, await house.post(ana));
    const postId = await house.post(ana);
    for (const replyTo of [elsewhere, newId()]) {
      const { userErrors } = await house.mutate(ben, 'addComment', { postId, body: 'Yes', replyTo });
      expect(userErrors).toMatchObject([{ code: 'COMMENT_NOT_FOUND', path: ['replyTo'] }]);
    }
    const { userErrors } = await house.mutate(ben, 'addComment', { postId: newId(), body: 'Yes' });
    expect(userErrors).toMatchObject([{ code: 'POST_NOT_FOUND', path: ['postId'] }]);
  });
});

describe('a report', () => {
  it('is kept once for each user, and stays when the post goes', async () => {
    const postId = await house.post(ana);
    for (const reason of ['spam', 'again']) {
      const payload = await house.mutate(ben, 'reportPost', { postId, reason });
      expect(payload).toEqual({ reported: true, userErrors: [] });
    }
    await house.mutate(ana, 'deletePost', { id: postId });
    const kept = await rows(reportCollection).find({ postId }).lean();
    expect(kept).toMatchObject([{ reporterId: ben, reason: 'spam', postAuthorId: ana }]);
  });

  it('of what is not there is refused', async () => {
    expect(await house.mutate(ben, 'reportPost', { postId: newId(), reason: 'spam' })).toMatchObject({
      reported: false,
      userErrors: [{ code: 'POST_NOT_FOUND' }],
    });
  });
});

describe('the feed', () => {
  const FEED = `query ($after: String) { feed(first: 2, after: $after) {
    totalCount nodes { id author { id } } pageInfo { hasNextPage endCursor }
  } }`;

  it('holds the posts of oneself and of those one follows, newest first, page by page', async () => {
    const [reader, followed, stranger] = [house.person(), house.person(), house.person()];
    await house.mutate(reader, 'followUser', { userId: followed });
    const ids: string[] = [];
    for (const author of [followed, reader, stranger, followed]) ids.push(await house.post(author));
    const first = (await house.graph(reader, FEED)).data.feed;
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ id: ids[3] }, { id: ids[1] }] });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const { data } = await house.graph(reader, FEED, { after: first.pageInfo.endCursor });
    expect(data.feed).toMatchObject({ nodes: [{ id: ids[0] }], pageInfo: { hasNextPage: false } });
    await house.mutate(reader, 'unfollowUser', { userId: followed });
    expect((await house.graph(reader, FEED)).data.feed).toMatchObject({ totalCount: 1, nodes: [{ id: ids[1] }] });
  });

  it('costs as many commands for who follows 50 as for who follows 5', async () => {
    const EACH = `{ feed(first: 100) { totalCount nodes {
      author { handle viewerFollows } viewerHasLiked comments { nodes { author { handle } replyTo { id } } }
    } } }`;
    const cost = async (count: number) => {
      const reader = house.person();
      for (let index = 0; index < count; index += 1) {
        const author = house.person();
        await house.comment(author, await house.post(author));
        await house.mutate(reader, 'followUser', { userId: author });
      }
      return house.commandsOf('social', async () => {
        const { data, errors } = await house.graph(reader, EACH);
        expect({ errors, count: data.feed.nodes.length }).toEqual({ errors: undefined, count });
      });
    };
    const few = await cost(5);
    expect(few).toContain('aggregate social_posts');
    expect(few.length).toBeLessThan(12);
    expect(await cost(50)).toEqual(few);
  });

  it.each([
    ['{ feed(first: 0) { totalCount } }', 'INVALID_FIRST'],
    ['{ feed(first: 101) { totalCount } }', 'INVALID_FIRST'],
    ['{ feed(after: "x") { totalCount } }', 'INVALID_CURSOR'],
  ])('%s is refused', async (document, code) => {
    expect((await house.graph(ana, document)).errors?.[0]?.extensions.code).toBe(code);
  });
});

describe('who is not signed in', () => {
  it('has no feed', async () => {
    const { data, errors } = await house.graph(null, '{ me { id } feed { totalCount } }');
    expect({ data, code: errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'UNAUTHENTICATED' });
  });

  it('changes nothing', async () => {
    const arguments_: Record<string, string> = {
      createPost: 'input: { body: "Hi" }',
      addComment: `postId: "${newId()}", body: "Hi"`,
      reportPost: `postId: "${newId()}", reason: "Hi"`,
      updateSocialProfile: 'input: {}',
    };
    const byId = (name: string) => {
      const argument = name.startsWith('delete') ? 'id' : name.endsWith('User') ? 'userId' : 'postId';
      return `${argument}: "${newId()}"`;
    };
    for (const name of mutationNames) {
      const { errors } = await house.graph(
        null,
        `mutation { ${name}(${arguments_[name] ?? byId(name)}) { __typename } }`,
      );
      expect({ name, code: errors?.[0]?.extensions.code }).toEqual({ name, code: 'UNAUTHENTICATED' });
    }
  });
});
