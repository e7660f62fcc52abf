import { copies } from '@mealprep360/events/copy';
import { newId } from '@mealprep360/mongo/id';
import type { Work } from './context.ts';
import { ofThePerson, wantsInApp, type Notice } from './domain/notice.ts';
import { userCopy } from './models/user-copy.ts';

/**
 * Writes a notice to each recipient who wants it. `cause` names what it follows from, so that the same one never
 * tells the same user twice. A user whose settings have not arrived gets it: one too many is mended by a click. Who is
 * gone for ever is told nothing, and nothing is told of them.
 */
export async function notify(work: Work, notice: Notice, cause: string): Promise<void> {
  const { recipients, ...content } = notice;
  const isActorGone = work.actor.userId !== null && (await work.isEntombed('User', work.actor.userId));
  if (isActorGone && ofThePerson.some(type => type === notice.type)) return;
  const there: string[] = [];
  for (const userId of recipients) if (!(await work.isEntombed('User', userId))) there.push(userId);
  const settings = await copies(userCopy, work).getMany(there);
  const wanted = there.filter(userId => wantsInApp(settings.get(userId)?.state ?? null, notice.type));
  const told = await work.notifications
    .find({ userId: { $in: wanted }, cause })
    .session(work.session)
    .lean();
  const known = new Set(told.map(({ userId }) => userId));
  const fresh = wanted
    .filter(userId => !known.has(userId))
    .map(userId => ({
      _id: newId(),
      userId,
      ...content,
      cause,
      actorId: isActorGone ? null : work.actor.userId,
      createdAt: work.now,
      readAt: null,
    }));
  await work.notifications.insertMany(fresh, { session: work.session });
}
