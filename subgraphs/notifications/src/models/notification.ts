import { collection, inline } from '@mealprep360/mongo/collection';

export const notificationTypes = [
  'MEAL_PLAN_READY',
  'SHOPPING_LIST_UPDATED',
  'NEW_FOLLOWER',
  'POST_LIKED',
  'POST_COMMENTED',
] as const;
export type NotificationType = (typeof notificationTypes)[number];

export interface NotificationRecord {
  _id: string;
  userId: string;
  type: NotificationType;
  title: string;
  body: string;
  actorId: string | null;
  /** null where it is about nobody's thing but a person: the actor */
  subject: { type: 'MealPlan' | 'ShoppingList' | 'SocialPost'; id: string } | null;
  /** what it follows from: the same cause never tells the same user twice */
  cause: string;
  createdAt: Date;
  readAt: Date | null;
}

export const notificationCollection = collection<NotificationRecord>(
  'notifications',
  {
    userId: { type: String, required: true },
    type: { type: String, enum: notificationTypes, required: true },
    title: { type: String, required: true },
    body: { type: String, required: true },
    actorId: { type: String, default: null },
    subject: {
      type: inline({ type: { type: String, required: true }, id: { type: String, required: true } }),
      default: null,
    },
    cause: { type: String, required: true },
    createdAt: { type: Date, required: true },
    readAt: { type: Date, default: null },
  },
  [
    [{ userId: 1, cause: 1 }, { unique: true }],
    [{ userId: 1, createdAt: -1, _id: -1 }],
    [{ userId: 1, readAt: 1, createdAt: -1, _id: -1 }],
    [{ actorId: 1 }],
    [{ 'subject.id': 1 }],
  ],
);
