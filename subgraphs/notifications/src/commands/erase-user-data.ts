import { AT_ONCE, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { copies } from '@mealprep360/events/copy';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import type { Work } from '../context.ts';
import { ofThePerson } from '../domain/notice.ts';
import { outbox } from '../models/outbox.ts';
import { userCopy } from '../models/user-copy.ts';

const own: Part<Work> = async (userId, work) => ({
  recordsErased: await deleteSome(work.notifications, { userId }, work),
});

/** What others were told of the person: that they follow or like somebody is no longer so. */
const ofThem: Part<Work> = async (actorId, work) => ({
  recordsErased: await deleteSome(work.notifications, { actorId, type: { $in: [...ofThePerson] } }, work),
});

/** What others were told that the person did to something that stays: it was somebody. */
const byThem: Part<Work> = async (actorId, { notifications, session }) => {
  const found = await notifications.find({ actorId }).select('_id').limit(AT_ONCE).session(session).lean();
  const which = { _id: { $in: found.map(({ _id }) => _id) } };
  await notifications.updateMany(which, { actorId: null }, { session });
  return { recordsAnonymised: found.length };
};

const copy: Part<Work> = async (userId, work) => {
  const settings = copies(userCopy, work);
  const isThere = (await settings.get(userId)) !== null;
  if (isThere) await settings.drop(userId);
  return { events: isThere ? 1 : 0 };
};

export const eraseUserData = erases<Work>('notifications', outbox, [own, ofThem, byThem, copy]);
