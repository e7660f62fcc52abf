import { byId } from '@mealprep360/service/loader';
import { connectionLoader, type ConnectionLoader, type ParentListing } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { Models } from './context.ts';
import { hiddenFrom } from './hidden.ts';
import type { UserProfileRecord } from './models/user-profile.ts';

export type Loaders = ReturnType<typeof loaders>;

/** Newest first, with the id for an order among equals. */
export const newestFirst = [
  ['createdAt', -1],
  ['_id', -1],
] as const;
const oldestFirst = [
  ['createdAt', 1],
  ['_id', 1],
] as const;

/**
 * One set of loaders for each request: what a list asks for is read in one command for the whole list. All leave out
 * what is of people who are hidden from the viewer; who they are is read once.
 */
export function loaders(models: Models, viewer: Viewer) {
  const hidden = once(() => hiddenFrom(models, viewer.userId));
  const { posts, comments, likes, follows, profiles } = models;
  const connection = <Record>(listing: Omit<ParentListing<Record>, 'match'>, people: keyof Record & string) =>
    listOfSeen(listing, people, hidden);
  return {
    hidden,
    post: seen(posts, ['authorId'], hidden),
    comment: seen(comments, ['authorId', 'postAuthorId'], hidden),
    profile: seen(profiles, ['_id'], hidden),
    profileByHandle: async (handle: string): Promise<UserProfileRecord | null> => {
      const [out, found] = await Promise.all([hidden(), profiles.findOne({ handle }).lean<UserProfileRecord>()]);
      return found === null || out.has(found._id) ? null : found;
    },
    viewerHasLiked: mine(viewer, async (userId, postIds) => {
      const found = await likes.find({ userId, postId: { $in: postIds } }, { postId: 1 }).lean();
      return found.map(({ postId }) => postId);
    }),
    viewerFollows: mine(viewer, async (followerId, userIds) => {
      const found = await follows.find({ followerId, followeeId: { $in: userIds } }, { followeeId: 1 }).lean();
      return found.map(({ followeeId }) => followeeId);
    }),
    postsOfAuthor: connection({ model: posts, parent: 'authorId', sort: newestFirst }, 'authorId'),
    postsAboutRecipe: connection({ model: posts, parent: 'recipeId', sort: newestFirst }, 'authorId'),
    commentsOfPost: connection({ model: comments, parent: 'postId', sort: oldestFirst }, 'authorId'),
    followersOf: connection({ model: follows, parent: 'followeeId', sort: newestFirst }, 'followerId'),
    followedBy: connection({ model: follows, parent: 'followerId', sort: newestFirst }, 'followeeId'),
  };
}

type Hidden = () => Promise<ReadonlySet<string>>;

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => (value ??= read());
}

/** By id; null also for what is of somebody hidden, named by one of the fields in `people`. */
function seen<Record extends { _id: string }>(
  model: Model<Record>,
  people: readonly (keyof Record & string)[],
  hidden: Hidden,
): Pick<DataLoader<string, Record | null>, 'load'> {
  const records = byId(model);
  return {
    load: async id => {
      const [out, record] = await Promise.all([hidden(), records.load(id)]);
      return record === null || people.some(field => out.has(String(record[field]))) ? null : record;
    },
  };
}

function listOfSeen<Record>(
  listing: Omit<ParentListing<Record>, 'match'>,
  people: keyof Record & string,
  hidden: Hidden,
): ConnectionLoader<Record> {
  const opened = once(async () => {
    const out = [...(await hidden())];
    return connectionLoader<Record>({ ...listing, match: out.length === 0 ? {} : { [people]: { $nin: out } } });
  });
  return { load: async (id, args) => (await opened()).load(id, args) };
}

/** Whether something is among the viewer's own; nothing is for who is not signed in. */
const mine = (viewer: Viewer, find: (userId: string, ids: readonly string[]) => Promise<string[]>) =>
  new DataLoader<string, boolean>(async ids => {
    if (viewer.userId === null) return ids.map(() => false);
    const found = new Set(await find(viewer.userId, ids));
    return ids.map(id => found.has(id));
  });
