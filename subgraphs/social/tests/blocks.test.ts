import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type House } from './kit.ts';

// Ana blocked Ben, or Ben Ana: neither sees the other, by whatever path; Cem sees both.

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

interface Scene {
  ana: string;
  ben: string;
  cem: string;
  recipeId: string;
  anasPost: string;
  bensPost: string;
  cemsPost: string;
  bensComment: string;
  anasAnswer: string;
  cemsCommentAtBens: string;
}
let scene: Scene;

beforeEach(async () => {
  const [ana, ben, cem] = [house.person(), house.person(), house.person()];
  const recipeId = newId();
  const anasPost = await house.post(ana, { recipeId });
  const bensPost = await house.post(ben, { recipeId });
  const cemsPost = await house.post(cem, { recipeId });
  const bensComment = await house.comment(ben, cemsPost);
  const anasAnswer = await house.comment(ana, cemsPost, { replyTo: bensComment });
  const cemsCommentAtBens = await house.comment(cem, bensPost);
  await house.mutate(ana, 'updateSocialProfile', { input: { handle: `ana_${ana}` } });
  await house.mutate(ben, 'updateSocialProfile', { input: { handle: `ben_${ben}` } });
  for (const [who, whom] of [
    [ana, ben],
    [ben, ana],
    [ana, cem],
    [ben, cem],
    [cem, ana],
    [cem, ben],
  ] as const) {
    await house.mutate(who, 'followUser', { userId: whom });
  }
  scene = { ana, ben, cem, recipeId, anasPost, bensPost, cemsPost, bensComment, anasAnswer, cemsCommentAtBens };
});

const EVERYTHING = `query ($all: [_Any!]!, $post: ID!, $handle: String!) {
  socialPost(id: $post) { id }
  socialProfile(handle: $handle) { id }
  _entities(representations: $all) {
    ... on User { socialProfile { id followers { edges { node { id } } } following { edges { node { id } } } } }
    ... on SocialProfile { id called: handle }
    ... on SocialPost { id comments { totalCount nodes { id replyTo { id } author { id } } } }
    ... on Comment { id }
    ... on Recipe { socialPosts { totalCount nodes { id } } }
  }
}`;
const FEED = '{ feed { totalCount nodes { id author { id } } } }';

/** All that this viewer sees of Ben, and of what he wrote or was said at his. */
async function seenOfBen(viewer: string | null) {
  const { ben, cem, recipeId, bensPost, cemsPost, bensComment, cemsCommentAtBens } = scene;
  const of = (type: string, id: string) => ({ __typename: type, id });
  const { data, errors } = await house.graph(viewer, EVERYTHING, {
    post: bensPost,
    handle: `ben_${ben}`,
    all: [
      of('User', ben),
      of('SocialProfile', ben),
      of('SocialPost', bensPost),
      of('Comment', bensComment),
      of('Comment', cemsCommentAtBens),
      of('SocialPost', cemsPost),
      of('Recipe', recipeId),
      of('User', cem),
    ],
  });
  expect(errors).toBeUndefined();
  const [user, profile, post, comment, commentAtHis, elsewhere, recipe, third] = data._entities;
  const nodes = (list: { edges: { node: { id: string } }[] }) => list.edges.map(({ node }) => node.id);
  return {
    post: data.socialPost !== null && post !== null,
    byHandle: data.socialProfile !== null,
    profile: user.socialProfile !== null && profile !== null,
    comment: comment !== null,
    commentAtHis: commentAtHis !== null,
    inTalk: elsewhere.comments.nodes.some(({ id }: { id: string }) => id === bensComment),
    answered: elsewhere.comments.nodes.some(({ replyTo }: { replyTo: unknown }) => replyTo !== null),
    talk: elsewhere.comments.totalCount,
    atRecipe: recipe.socialPosts.nodes.some(({ id }: { id: string }) => id === bensPost),
    postsAtRecipe: recipe.socialPosts.totalCount,
    amongFollowers: nodes(third.socialProfile.followers).includes(ben),
    amongFollowed: nodes(third.socialProfile.following).includes(ben),
  };
}

const everything = {
  ...{ post: true, byHandle: true, profile: true, comment: true, commentAtHis: true, inTalk: true, answered: true },
  ...{ talk: 2, atRecipe: true, postsAtRecipe: 3, amongFollowers: true, amongFollowed: true },
};
const nothing = {
  ...{ post: false, byHandle: false, profile: false, comment: false, commentAtHis: false, inTalk: false },
  ...{ answered: false, talk: 1, atRecipe: false, postsAtRecipe: 2, amongFollowers: false, amongFollowed: false },
};

describe('people who did not block each other', () => {
  it('see each other by every path', async () => {
    for (const viewer of [scene.ana, scene.cem, null]) expect(await seenOfBen(viewer)).toEqual(everything);
  });
});

describe.each([
  ['who blocked', () => [scene.ana, scene.ben] as const],
  ['who was blocked', () => [scene.ben, scene.ana] as const],
])('%s', (_, pair) => {
  beforeEach(async () => {
    const [blocker, blocked] = pair();
    const { userErrors } = await house.mutate(blocker, 'blockUser', { userId: blocked });
    expect(userErrors).toEqual([]);
  });

  it('sees the other by no path, while others do', async () => {
    expect(await seenOfBen(scene.ana)).toEqual(nothing);
    expect(await seenOfBen(scene.cem)).toEqual(everything);
    expect(await seenOfBen(null)).toEqual(everything);
  });

  it('follows and is followed by the other no longer', async () => {
    const { feed } = (await house.graph(scene.ana, FEED)).data;
    expect(feed.totalCount).toBe(2);
    expect(feed.nodes.map(({ id }: { id: string }) => id)).toEqual([scene.cemsPost, scene.anasPost]);
    const { data } = await house.graph(scene.ana, '{ me { socialProfile { followerCount followingCount } } }');
    expect(data.me.socialProfile).toEqual({ followerCount: 1, followingCount: 1 });
  });

  it('can do nothing to the other', async () => {
    const { ana, ben, bensPost: postId, cemsPost, bensComment } = scene;
    const codeOf = async (field: string, variables: object) =>
      (await house.mutate(ana, field, variables)).userErrors[0].code;
    expect(await codeOf('likePost', { postId })).toBe('POST_NOT_FOUND');
    expect(await codeOf('addComment', { postId, body: 'Hi' })).toBe('POST_NOT_FOUND');
    expect(await codeOf('reportPost', { postId, reason: 'Hi' })).toBe('POST_NOT_FOUND');
    expect(await codeOf('addComment', { postId: cemsPost, body: 'Hi', replyTo: bensComment })).toBe(
      'COMMENT_NOT_FOUND',
    );
    expect(await codeOf('followUser', { userId: ben })).toBe('USER_NOT_FOUND');
  });
});

describe('a block', () => {
  it('is taken back by who made it only', async () => {
    const { ana, ben } = scene;
    for (const time of ['first', 'second']) {
      const { profile } = await house.mutate(ana, 'blockUser', { userId: ben });
      expect(profile, time).toMatchObject({ id: ben, viewerFollows: false });
    }
    expect(await house.mutate(ben, 'unblockUser', { userId: ana })).toEqual({ profile: null, userErrors: [] });
    expect(await seenOfBen(ana)).toEqual(nothing);
    expect((await house.mutate(ana, 'unblockUser', { userId: ben })).profile).toMatchObject({ id: ben });
    expect(await seenOfBen(ana)).toEqual({ ...everything });
  });

  it('of both is told to neither', async () => {
    const { ana, ben } = scene;
    await house.mutate(ana, 'blockUser', { userId: ben });
    expect(await house.mutate(ben, 'blockUser', { userId: ana })).toEqual({ profile: null, userErrors: [] });
    expect(await house.mutate(ana, 'unblockUser', { userId: ben })).toEqual({ profile: null, userErrors: [] });
    expect(await seenOfBen(ana)).toEqual(nothing);
  });

  it.each([
    ['oneself', () => scene.ana, 'CANNOT_BLOCK_YOURSELF'],
    ['nobody', () => newId(), 'USER_NOT_FOUND'],
  ])('of %s is refused', async (_, whom, code) => {
    expect((await house.mutate(scene.ana, 'blockUser', { userId: whom() })).userErrors[0].code).toBe(code);
  });
});
