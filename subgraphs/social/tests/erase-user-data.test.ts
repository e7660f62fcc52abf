import { newId } from '@mealprep360/mongo/id';
import { eraseUser } from '@mealprep360/testing/erase-user';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { likeCollection } from '../src/models/like.ts';
import { outbox } from '../src/models/outbox.ts';
import { openHouse, type House } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

test('posts go with all their likes, what was left at others’ posts is counted no more, and no event names the person', async () => {
  const ana = house.person();
  const ben = house.person();
  const popular = await house.post(ana);
  const bens = await house.post(ben);
  const { db } = house.service('social');
  const likes = Array.from({ length: 1100 }, () => ({
    ...{ _id: newId(), postId: popular, userId: newId(), createdAt: new Date() },
  }));
  await db.raw(likeCollection).insertMany(likes);
  await house.mutate(ben, 'likePost', { postId: popular });
  await house.mutate(ana, 'likePost', { postId: bens });
  await house.comment(ana, bens);
  const reply = await house.comment(ben, bens);
  await house.mutate(ana, 'followUser', { userId: ben });
  await house.mutate(ben, 'followUser', { userId: ana });
  // 1101 likes and the post; a like, a comment, two follows, the profile
  expect(await eraseUser(house, 'social', ana)).toEqual({ recordsErased: 1107, recordsAnonymised: 0 });
  const ask = `{ socialPost(id: "${bens}") { likeCount commentCount comments { nodes { id } } }
    me { socialProfile { followerCount followingCount } } }`;
  const { data } = await house.graph(ben, ask);
  expect(data).toEqual({
    socialPost: { likeCount: 0, commentCount: 1, comments: { nodes: [{ id: reply }] } },
    me: { socialProfile: { followerCount: 0, followingCount: 0 } },
  });
  const rows = await db
    .raw(outbox)
    .find({ eventType: { $ne: 'CommandAnswered' } })
    .toArray();
  expect(rows.filter(({ eventData }) => JSON.stringify(eventData).includes(ana))).toEqual([]);
});
