import { newId } from '@mealprep360/mongo/id';
import { eraseUser } from '@mealprep360/testing/erase-user';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blog } from '../src/index.ts';
import { blogCommentCollection } from '../src/models/blog-comment.ts';
import { blogTagCollection } from '../src/models/blog-tag.ts';

let rooms: Rooms;
const ana = newId();
const ben = newId();
beforeAll(async () => {
  rooms = await openRooms([room(blog), speaker('users')]);
});
afterAll(() => rooms.stop());

const publish = async (userId: string, tags: string[]): Promise<string> => {
  const document = 'mutation ($input: BlogPostInput!) { createBlogPost(input: $input) { post { id } } }';
  const input = { title: 'Bread', bodyMarkdown: 'Knead.', tags };
  const { id } = (await rooms.query('blog', { userId }, document, { input })).data.createBlogPost.post;
  await rooms.query('blog', { userId }, `mutation { publishBlogPost(id: "${id}") { userErrors { code } } }`);
  return id;
};
const comment = async (userId: string, postId: string, replyTo?: string): Promise<string> => {
  const document =
    'mutation ($postId: ID!, $replyTo: ID) { addBlogComment(postId: $postId, body: "So good", replyTo: $replyTo) { comment { id } } }';
  return (await rooms.query('blog', { userId }, document, { postId, replyTo })).data.addBlogComment.comment.id;
};

test('posts go with their comments and the words that nobody else uses, and replies of others stay', async () => {
  const { db } = rooms.service('blog');
  const hers = await publish(ana, ['sourdough', 'bread']);
  const bens = await publish(ben, ['bread']);
  await comment(ben, hers);
  const asked = await comment(ben, bens);
  const answered = await comment(ana, bens, asked);
  expect(answered).toBeDefined();
  const readers = Array.from({ length: 700 }, () => ({
    ...{ _id: newId(), postId: hers, postAuthorId: ana, authorId: newId(), body: 'Yum', replyToId: null },
    ...{ status: 'PENDING' as const, createdAt: new Date() },
  }));
  await db.raw(blogCommentCollection).insertMany(readers);
  // the post, 701 comments on it, and one at Ben's
  expect(await eraseUser(rooms, 'blog', ana)).toEqual({ recordsErased: 703, recordsAnonymised: 0 });
  expect((await db.raw(blogTagCollection).find().toArray()).map(({ name }) => name)).toEqual(['bread']);
  expect((await db.raw(blogCommentCollection).find().toArray()).map(({ _id }) => _id)).toEqual([asked]);
});
