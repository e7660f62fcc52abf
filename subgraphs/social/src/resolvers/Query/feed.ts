import { page } from '@mealprep360/service/paging';
import { signedIn } from '@mealprep360/service/viewer';
import type { QueryResolvers } from '../../generated/types.ts';
import { newestFirst } from '../../loaders.ts';
import { MAX_FOLLOWING } from '../../models/follow.ts';

/** Three commands, however many are followed: who is hidden, who is followed, and a page of what they all wrote. */
export const feed: NonNullable<QueryResolvers['feed']> = async (_, args, { viewer, models, loaders }) => {
  const userId = signedIn(viewer);
  const [hidden, followed] = await Promise.all([
    loaders.hidden(),
    models.follows.find({ followerId: userId }, { followeeId: 1 }).limit(MAX_FOLLOWING).lean(),
  ]);
  const authors = [userId, ...followed.map(({ followeeId }) => followeeId)].filter(author => !hidden.has(author));
  return page({ model: models.posts, match: { authorId: { $in: authors } }, sort: newestFirst }, args);
};
