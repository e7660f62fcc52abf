import { PostCommented, PostLiked, UserFollowed } from '@mealprep360/contracts/social';
import { partitionOf } from '@mealprep360/events/outbox';
import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { notifications } from '../src/index.ts';

let rooms: Rooms;
let ana: string;
let ben: string;
beforeAll(async () => {
  rooms = await openRooms([room(notifications), speaker('social'), speaker('shopping'), speaker('users')]);
});
afterAll(() => rooms.stop());
beforeEach(() => {
  [ana, ben] = [newId(), newId()];
});

// Events of one partition arrive in order: when the last has, so have those before it.
const inOrder = (): string => {
  const id = newId();
  return partitionOf(id) === 0 ? id : inOrder();
};
const liked = (postId: string, userId: string) => {
  const id = inOrder();
  return PostLiked.of(id, 1, { id, postId, postAuthorId: ana, userId });
};
const commented = (postId: string, authorId: string) => {
  const id = inOrder();
  return PostCommented.of(id, 1, { id, postId, postAuthorId: ana, authorId, replyToId: null });
};
const followed = (followerId: string) => {
  const id = inOrder();
  return UserFollowed.of(id, 1, { id, followerId, followeeId: ana });
};
const told = async () => {
  const { data, errors } = await rooms.query(
    'notifications',
    { userId: ana },
    `{ me { notifications { nodes { type subject { __typename ... on SocialPost { id } } } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.me.notifications.nodes.map(({ type, subject }: { type: string; subject: { id: string } | null }) =>
    subject === null ? type : `${type} ${subject.id}`,
  );
};
const eventually = () => expect.poll(async () => (await told()).sort(), { timeout: 20_000 });

it('who is followed, liked and commented on is told of each', async () => {
  const postId = newId();
  await rooms.say('social', followed(ben), liked(postId, ben), commented(postId, ben), commented(postId, ben));
  await eventually().toEqual([
    'NEW_FOLLOWER',
    `POST_COMMENTED ${postId}`,
    `POST_COMMENTED ${postId}`,
    `POST_LIKED ${postId}`,
  ]);
});

it('a like and a follow that are taken back and given again are told once', async () => {
  const postId = newId();
  await rooms.say('social', followed(ben), liked(postId, ben));
  await rooms.say('social', followed(ben), liked(postId, ben));
  const last = newId();
  await rooms.say('social', liked(last, ben));
  await eventually().toEqual(['NEW_FOLLOWER', `POST_LIKED ${postId}`, `POST_LIKED ${last}`].sort());
});

it('nobody is told of what they do themselves', async () => {
  const postId = newId();
  await rooms.say('social', liked(postId, ana), commented(postId, ana), followed(ben));
  await eventually().toEqual(['NEW_FOLLOWER']);
});
