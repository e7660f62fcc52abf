import { UserFollowed } from '@mealprep360/contracts/social';
import { newId } from '@mealprep360/mongo/id';
import { fault } from '@mealprep360/service/fault';
import { createHash } from 'node:crypto';
import type { Work } from './context.ts';
import { handlesOf } from './domain/handle.ts';
import { areHidden } from './hidden.ts';
import { MAX_BLOCKED } from './models/block.ts';
import { MAX_FOLLOWING } from './models/follow.ts';
import type { UserProfileRecord } from './models/user-profile.ts';

// A profile counts who follows and is followed: its counts change with the follows, in one transaction.

/** Gives a user a profile, once. Answers the id, or null when the account is gone for ever. */
export async function makeProfile(work: Work, userId: string): Promise<string | null> {
  if ((await work.profiles.exists({ _id: userId }).session(work.session)) !== null) return userId;
  if (await work.isEntombed('User', userId)) return null;
  const profile = {
    _id: userId,
    handle: await freeHandle(work, userId),
    bio: null,
    followerCount: 0,
    followingCount: 0,
    createdAt: work.now,
  };
  await work.profiles.create([profile], { session: work.session });
  return userId;
}

async function freeHandle(work: Work, userId: string): Promise<string> {
  const handles = handlesOf(createHash('sha256').update(userId).digest('hex'));
  const taken = await work.profiles.find({ handle: { $in: handles } }, { handle: 1 }, { session: work.session }).lean();
  const free = handles.find(candidate => taken.every(({ handle }) => handle !== candidate));
  if (free === undefined) throw new Error(`every handle that could be made for ${userId} is taken`);
  return free;
}

/** Changes what is given. Throws a Fault HANDLE_TAKEN. */
export async function editProfile(
  work: Work,
  userId: string,
  change: { handle: string | undefined; bio: string | null | undefined },
): Promise<UserProfileRecord> {
  const { session } = work;
  const profile = await profileOf(work, userId);
  const { handle = profile.handle, bio = profile.bio } = change;
  if ((await work.profiles.exists({ handle, _id: { $ne: userId } }).session(session)) !== null) {
    throw fault('HANDLE_TAKEN', `Somebody else has the handle ${handle}.`, ['input', 'handle']);
  }
  await work.profiles.updateOne({ _id: userId }, { $set: { handle, bio } }, { session });
  return { ...profile, handle, bio };
}

/** Answers the profile of who is followed. Throws a Fault USER_NOT_FOUND or TOO_MANY_FOLLOWED. */
export async function follow(work: Work, followerId: string, followeeId: string): Promise<UserProfileRecord> {
  if (await areHidden(work, followerId, followeeId)) throw userNotFound();
  const followee = await profileOf(work, followeeId);
  const pair = { followerId, followeeId };
  if ((await work.follows.exists(pair).session(work.session)) !== null) return followee;
  const follower = await profileOf(work, followerId);
  if (follower.followingCount >= MAX_FOLLOWING) {
    throw fault('TOO_MANY_FOLLOWED', `You follow ${MAX_FOLLOWING} people, as many as one can: unfollow one first.`);
  }
  const _id = newId();
  await work.follows.create([{ _id, ...pair, createdAt: work.now }], { session: work.session });
  await countFollow(work, pair, 1);
  work.emit(UserFollowed.of(_id, 1, { id: _id, ...pair }));
  return { ...followee, followerCount: followee.followerCount + 1 };
}

/** Answers the profile of who is no longer followed. Throws a Fault USER_NOT_FOUND. */
export async function unfollow(work: Work, followerId: string, followeeId: string): Promise<UserProfileRecord> {
  if (await areHidden(work, followerId, followeeId)) throw userNotFound();
  await endFollow(work, { followerId, followeeId });
  return profileOf(work, followeeId);
}

/**
 * Hides each from the other, and ends what they follow of each other. Answers the profile of who is blocked, or null
 * when that one had blocked this one before. Throws a Fault TOO_MANY_BLOCKED.
 */
export async function block(work: Work, blockerId: string, blockedId: string): Promise<UserProfileRecord | null> {
  const { blocks, session } = work;
  const wasHidden = (await blocks.exists({ blockerId: blockedId, blockedId: blockerId }).session(session)) !== null;
  const pair = { blockerId, blockedId };
  if ((await blocks.exists(pair).session(session)) === null) {
    if ((await blocks.countDocuments({ blockerId }, { session })) >= MAX_BLOCKED) {
      throw fault('TOO_MANY_BLOCKED', `You block ${MAX_BLOCKED} people, as many as one can: unblock one first.`);
    }
    await blocks.create([{ _id: newId(), ...pair, createdAt: work.now }], { session });
  }
  await endFollow(work, { followerId: blockerId, followeeId: blockedId });
  await endFollow(work, { followerId: blockedId, followeeId: blockerId });
  return wasHidden ? null : profileOf(work, blockedId);
}

/** Answers the profile of who is unblocked, or null when that one blocks this one too. */
export async function unblock(work: Work, blockerId: string, blockedId: string): Promise<UserProfileRecord | null> {
  await work.blocks.deleteOne({ blockerId, blockedId }, { session: work.session });
  return (await areHidden(work, blockerId, blockedId)) ? null : profileOf(work, blockedId);
}

interface Pair {
  followerId: string;
  followeeId: string;
}

/** Ends it, where it is there. */
export async function endFollow(work: Work, pair: Pair): Promise<void> {
  const { deletedCount } = await work.follows.deleteOne(pair, { session: work.session });
  if (deletedCount > 0) await countFollow(work, pair, -1);
}

async function countFollow({ profiles, session }: Work, { followerId, followeeId }: Pair, by: 1 | -1): Promise<void> {
  await profiles.updateOne({ _id: followerId }, { $inc: { followingCount: by } }, { session });
  await profiles.updateOne({ _id: followeeId }, { $inc: { followerCount: by } }, { session });
}

async function profileOf({ profiles, session }: Work, userId: string): Promise<UserProfileRecord> {
  const profile = await profiles.findById(userId).session(session).lean<UserProfileRecord>();
  if (profile === null) throw userNotFound();
  return profile;
}

export const userNotFound = () => fault('USER_NOT_FOUND', 'There is no user of this id.', ['userId']);
