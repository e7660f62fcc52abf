import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { newFollower, postCommented, postLiked } from '../domain/notice.ts';
import { notify } from '../notify.ts';

// A like or a follow that was taken back and given again has the same cause, so it is told once.
export const social = reactions<Work>()('social', {
  UserFollowed: ({ eventData }, work) => notify(work, newFollower(eventData), `NEW_FOLLOWER:${eventData.followerId}`),
  PostLiked: ({ eventData }, work) =>
    notify(work, postLiked(eventData), `POST_LIKED:${eventData.postId}:${eventData.userId}`),
  PostCommented: ({ eventData }, work) => notify(work, postCommented(eventData), `POST_COMMENTED:${eventData.id}`),
});
