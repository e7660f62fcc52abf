import { connectionLoader } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import DataLoader from 'dataloader';
import type { Models } from './context.ts';
import type { NotificationRecord } from './models/notification.ts';

export type Loaders = ReturnType<typeof loaders>;

const newestFirst = {
  parent: 'userId',
  sort: [
    ['createdAt', -1],
    ['_id', -1],
  ],
} as const;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export const loaders = ({ notifications }: Models, viewer: Viewer) => ({
  /** null also for a notification of somebody else */
  notification: new DataLoader<string, NotificationRecord | null>(async ids => {
    const found = await notifications.find({ _id: { $in: [...ids] }, userId: viewer.userId ?? '' }).lean();
    const records = new Map(found.map(record => [record._id, record]));
    return ids.map(id => records.get(id) ?? null);
  }),
  all: connectionLoader({ model: notifications, match: {}, ...newestFirst }),
  unread: connectionLoader({ model: notifications, match: { readAt: null }, ...newestFirst }),
  unreadCount: new DataLoader<string, number>(async userIds => {
    const rows = await notifications.aggregate<{ _id: string; count: number }>([
      { $match: { userId: { $in: [...userIds] }, readAt: null } },
      { $group: { _id: '$userId', count: { $sum: 1 } } },
    ]);
    const counts = new Map(rows.map(row => [row._id, row.count]));
    return userIds.map(id => counts.get(id) ?? 0);
  }),
});
