import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { listUpdated } from '../domain/notice.ts';
import { notify } from '../notify.ts';

export const shoppingList = reactions<Work>()('shopping', {
  ShoppingListUpdated: async (event, work) => {
    const notice = listUpdated(event.eventData, event.userId);
    if (notice !== null) await notify(work, notice, event.eventId);
  },
  // its name stands in what was told of it
  ShoppingListDeleted: async ({ aggregateId }, work) => {
    await work.notifications.deleteMany({ 'subject.id': aggregateId }, { session: work.session });
  },
});
