import { loop } from '@mealprep360/events/loop';
import type { Background, Surroundings } from '@mealprep360/service/subgraph';
import { randomUUID } from 'node:crypto';
import type { Work } from './context.ts';
import { inStatus, type BlogPostRecord } from './models/blog-post.ts';
import { announce } from './post-aggregate.ts';

const EVERY = 5000;
const AT_ONCE = 50;

/**
 * Says of scheduled posts, once their time has come, that they are published. Readers need not wait for it: they see
 * a post by the database's clock.
 */
export function announceDuePosts({ db, commit, logger }: Surroundings<Work>): Background {
  const actor = { userId: null, causationId: null, traceparent: null };
  const pass = async (): Promise<number> => {
    if (!db.isReady()) return EVERY;
    const announced = await commit({ ...actor, correlationId: randomUUID() }, announceSome);
    return announced === AT_ONCE ? 0 : EVERY;
  };
  return loop(pass, error => {
    logger.warn({ err: error }, 'published posts cannot be announced; trying again');
    return EVERY;
  });
}

async function announceSome(work: Work): Promise<number> {
  const due = await work.posts
    .aggregate<BlogPostRecord>([{ $match: { announced: false, ...inStatus.PUBLISHED } }, { $limit: AT_ONCE }])
    .session(work.session);
  for (const post of due) {
    // The version stays: this is no change that could stand in the way of the author's next edit.
    await work.posts.updateOne({ _id: post._id }, { announced: true }, { session: work.session });
    announce(work, post);
  }
  return due.length;
}
