import { UserCreated } from '@mealprep360/contracts/users';
import { outboxCollection } from '@mealprep360/events/outbox';
import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, speaker, type Answer, type Rooms } from '@mealprep360/testing/rooms';
import { expect } from 'vitest';
import { social } from '../src/index.ts';

/** The room of posts on real servers, beside a users room that says real events and answers who exists. */
export interface House extends Rooms {
  /** what users answers: the people that there are, and whether it answers at all */
  atUsers: { people: Set<string>; isAway: boolean; asked: number };
  graph: (userId: string | null, document: string, variables?: object) => Promise<Answer>;
  /** the payload of a mutation, which had no errors of its own */
  mutate: (userId: string, field: string, variables: object) => Promise<Answer['data']>;
  /** somebody who signed up, and acted before the word of it arrived */
  person: () => string;
  post: (userId: string, input?: object) => Promise<string>;
  comment: (userId: string, postId: string, change?: object) => Promise<string>;
  said: (eventType: string, about: object) => Promise<unknown[]>;
}

export const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 20_000 });

export async function openHouse(): Promise<House> {
  const atUsers: House['atUsers'] = { people: new Set(), isAway: false, asked: 0 };
  const answer = (body: unknown): Promise<unknown> => {
    atUsers.asked += 1;
    if (atUsers.isAway) return Promise.reject(new Error('users is away'));
    const { ids } = body as { ids: string[] };
    return Promise.resolve({ users: ids.filter(id => atUsers.people.has(id)).map(id => ({ id, version: 1 })) });
  };
  const rooms = await openRooms([room(social), speaker('users', { '/internal/users/by-ids': answer })]);
  const graph: House['graph'] = (userId, document, variables) =>
    rooms.query('social', userId === null ? null : { userId }, document, { ...variables });
  const mutate: House['mutate'] = async (userId, field, variables) => {
    const { data, errors } = await graph(userId, mutations[field] ?? '', variables);
    expect(errors).toBeUndefined();
    return data[field];
  };
  const done = async (userId: string, field: string, variables: object) => {
    const payload = await mutate(userId, field, variables);
    expect(payload.userErrors).toEqual([]);
    return payload;
  };
  return {
    ...rooms,
    atUsers,
    graph,
    mutate,
    person: () => {
      const id = newId();
      atUsers.people.add(id);
      return id;
    },
    post: async (userId, input) =>
      (await done(userId, 'createPost', { input: { body: 'Tortilla!', ...input } })).post.id,
    comment: async (userId, postId, change) =>
      (await done(userId, 'addComment', { postId, body: 'Yum', ...change })).comment.id,
    said: async (eventType, about) => {
      const matching = Object.entries(about).map(([field, value]) => [`eventData.${field}`, value] as const);
      const outbox = rooms.service('social').db.raw(outboxCollection());
      const rows = await outbox.find({ eventType, ...Object.fromEntries(matching) }).toArray();
      return rows.map(({ eventData }) => eventData);
    },
  };
}

const errors = 'userErrors { code message path }';
const mutation = (field: string, types: Record<string, string>, payload: string) => {
  const names = Object.keys(types);
  const declared = names.map(name => `$${name}: ${types[name] ?? ''}`).join(', ');
  const passed = names.map(name => `${name}: $${name}`).join(', ');
  return `mutation (${declared}) { ${field}(${passed}) { ${payload} ${errors} } }`;
};
const ofPost = `post { id body images recipe { id } mealPlan { id } author { id handle } likeCount viewerHasLiked
  commentCount createdAt }`;
const ofComment = 'comment { id body author { id } replyTo { id body } createdAt }';
const ofProfile = 'profile { id handle bio followerCount followingCount viewerFollows user { id } }';

const mutations: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['createPost', { input: 'CreatePostInput!' }, ofPost],
      ['deletePost', { id: 'ID!' }, 'deletedId'],
      ['addComment', { postId: 'ID!', body: 'String!', replyTo: 'ID' }, ofComment],
      ['deleteComment', { id: 'ID!' }, 'deletedId'],
      ['likePost', { postId: 'ID!' }, ofPost],
      ['unlikePost', { postId: 'ID!' }, ofPost],
      ['followUser', { userId: 'ID!' }, ofProfile],
      ['unfollowUser', { userId: 'ID!' }, ofProfile],
      ['updateSocialProfile', { input: 'SocialProfileInput!' }, ofProfile],
      ['blockUser', { userId: 'ID!' }, ofProfile],
      ['unblockUser', { userId: 'ID!' }, ofProfile],
      ['reportPost', { postId: 'ID!', reason: 'String!' }, 'reported'],
    ] as const
  ).map(([field, types, payload]) => [field, mutation(field, types, payload)]),
);

export const mutationNames = Object.keys(mutations);

export const signedUp = (id: string) =>
  UserCreated.of(id, 1, {
    id,
    preferences: {
      diets: [],
      allergens: [],
      dislikedIngredients: [],
      favoriteCuisines: [],
      defaultServings: 2,
      measurementSystem: 'METRIC',
    },
    settings: { timeZone: 'UTC', locale: 'en', weekStartsOn: 'MONDAY', notificationChannels: [] },
  });
