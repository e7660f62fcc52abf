import { localDate } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { maySeePrivate } from '@mealprep360/service/viewer';
import { todayIn } from '../domain/dates.ts';
import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  mealPlans: ({ id }, { first, after }, { loaders, viewer }) =>
    maySeePrivate(viewer, id) ? loaders.plansOfUser.load(id, { first, after }) : null,
  todaysMeals: async ({ id }, { date }, { loaders, viewer }) => {
    if (!maySeePrivate(viewer, id)) return null;
    if (date != null) return loaders.mealsOfDay.load({ userId: id, date: valid(localDate, date, ['date']) });
    const user = await loaders.user.load(id);
    if (user === null) throw fault('NOT_READY', 'The time zone of this user is not known. Try again in a moment.');
    return loaders.mealsOfDay.load({ userId: id, date: todayIn(user.settings.timeZone, new Date()) });
  },
};
