import type { Page } from '@mealprep360/service/paging';
import type { CommentRecord } from './src/models/comment.ts';
import type { FollowRecord } from './src/models/follow.ts';
import type { SocialPostRecord } from './src/models/social-post.ts';
import type { UserProfileRecord } from './src/models/user-profile.ts';

export type SocialPostMapper = SocialPostRecord;
export type SocialPostConnectionMapper = Page<SocialPostRecord>;
export type SocialProfileMapper = UserProfileRecord;
export type SocialProfileConnectionMapper = Page<FollowRecord> & { shown: 'followerId' | 'followeeId' };
export type CommentMapper = CommentRecord;
export type CommentConnectionMapper = Page<CommentRecord>;
export type UserMapper = { id: string };
export type RecipeMapper = { id: string };
export type ReportPayloadMapper = {
  reported?: boolean;
  userErrors: { code: string; message: string; path: string[] | null }[];
};
