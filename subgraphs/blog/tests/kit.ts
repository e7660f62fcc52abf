import { outboxCollection } from '@mealprep360/events/outbox';
import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, type Answer, type Rooms, type TestViewer } from '@mealprep360/testing/rooms';
import { expect } from 'vitest';
import { blog } from '../src/index.ts';

export const ana = { userId: newId() };
export const ben = { userId: newId() };
export const cem = { userId: newId() };
export const operator = { userId: newId(), roles: ['USER' as const, 'OPERATOR' as const] };

/** The blog on real servers, and what tests ask of it. */
export interface Blog extends Rooms {
  ask: (viewer: TestViewer | null, document: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** the payload of a mutation, which had no errors of its own */
  mutate: (viewer: TestViewer, field: keyof typeof mutations, variables: object) => Promise<Answer['data']>;
  /** a new post of Ana's: a draft, or published */
  post: (
    changes?: object,
    published?: boolean,
  ) => Promise<{ id: string; slug: string; version: number; tags: { slug: string }[] }>;
  /** what was said of a post, by version */
  said: (id: string) => Promise<{ eventType: string; version: number }[]>;
}

const post = 'post { id slug title excerpt status version publishedAt tags { name slug } }';
const comment = 'comment { id body status author { id } replyTo { id } }';
const errors = 'userErrors { code message path }';

const mutations = {
  createBlogPost: `mutation($input: BlogPostInput!) { createBlogPost(input: $input) { ${post} ${errors} } }`,
  updateBlogPost: `mutation($id: ID!, $expectedVersion: Int!, $input: BlogPostInput!) {
    updateBlogPost(id: $id, expectedVersion: $expectedVersion, input: $input) { ${post} ${errors} } }`,
  publishBlogPost: `mutation($id: ID!, $at: DateTime) { publishBlogPost(id: $id, at: $at) { ${post} ${errors} } }`,
  archiveBlogPost: `mutation($id: ID!) { archiveBlogPost(id: $id) { ${post} ${errors} } }`,
  deleteBlogPost: `mutation($id: ID!) { deleteBlogPost(id: $id) { deletedId ${errors} } }`,
  addBlogComment: `mutation($postId: ID!, $body: String!, $replyTo: ID) {
    addBlogComment(postId: $postId, body: $body, replyTo: $replyTo) { ${comment} ${errors} } }`,
  moderateBlogComment: `mutation($id: ID!, $status: CommentStatus!) {
    moderateBlogComment(id: $id, status: $status) { ${comment} ${errors} } }`,
  createBlogCategory: `mutation($name: String!) { createBlogCategory(name: $name) { category { id slug name } ${errors} } }`,
};

export const soup = { title: 'Soup', bodyMarkdown: 'It is **hot**.' };

export async function openBlog(): Promise<Blog> {
  const rooms = await openRooms([room(blog)]);
  const ask: Blog['ask'] = (viewer, document, variables) => rooms.query('blog', viewer, document, variables);
  const mutate: Blog['mutate'] = async (viewer, field, variables) => {
    const { data, errors } = await ask(viewer, mutations[field], { ...variables });
    expect(errors).toBeUndefined();
    return data[field];
  };
  return {
    ...rooms,
    ask,
    mutate,
    post: async (changes = {}, published = true) => {
      const made = await mutate(ana, 'createBlogPost', { input: { ...soup, ...changes } });
      expect(made.userErrors).toEqual([]);
      return published ? (await mutate(ana, 'publishBlogPost', { id: made.post.id })).post : made.post;
    },
    said: async id => {
      const outbox = rooms.service('blog').db.raw(outboxCollection());
      const rows = await outbox.find({ aggregateId: id }).sort({ version: 1 }).toArray();
      return rows.map(({ eventType, version }) => ({ eventType, version }));
    },
  };
}

export const idsOf = (connection: { nodes: { id: string }[] }): string[] => connection.nodes.map(({ id }) => id);
