import { newId } from '@mealprep360/mongo/id';
import { notificationCollection } from '@mealprep360/notifications/models/notification';
import type { Seed } from '../measure.ts';
import { hour, times } from './times.ts';

/** Notifications of several people, about plans and lists in turn; the first of them looks. */
export const seedNotifications: Seed = async (db, size) => {
  const people = times(size('_entities.User'), newId);
  const count = Math.max(size('User.notifications'), size('_entities.Notification'));
  const notifications = people.flatMap(userId =>
    times(count, index => ({
      ...{ _id: newId(), userId, type: 'MEAL_PLAN_READY' as const, title: 'Ready', body: 'Your plan is ready.' },
      ...{ actorId: newId(), cause: `cause ${index}`, createdAt: hour(index), readAt: null },
      subject: { type: index % 2 === 0 ? ('MealPlan' as const) : ('ShoppingList' as const), id: newId() },
    })),
  );
  await db.model(notificationCollection).insertMany(notifications);
  const own = notifications.filter(({ userId }) => userId === people[0]).map(({ _id }) => _id);
  return {
    viewer: { userId: people[0] ?? '' },
    arguments: { '_entities.User': people, '_entities.Notification': own.slice(0, size('_entities.Notification')) },
  };
};
