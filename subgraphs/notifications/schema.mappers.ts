import type { Page } from '@mealprep360/service/paging';
import type { NotificationRecord } from './src/models/notification.ts';

export type NotificationMapper = NotificationRecord;
export type NotificationConnectionMapper = Page<NotificationRecord> & { userId: string };
export type UserMapper = { id: string };
