export type PostStatus = 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'ARCHIVED';

/** What a post's status follows from. */
export interface Publication {
  /** null while it is a draft */
  publishAt: Date | null;
  archived: boolean;
}

/** What it is at this time: nothing has to happen for a scheduled post to be published. */
export function statusOf({ publishAt, archived }: Publication, now: Date): PostStatus {
  if (archived) return 'ARCHIVED';
  if (publishAt === null) return 'DRAFT';
  return publishAt > now ? 'SCHEDULED' : 'PUBLISHED';
}
