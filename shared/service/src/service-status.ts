import type { EventRuntime } from '@mealprep360/events/event-runtime';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { ServiceStatus } from './ops-messages.ts';

export interface StatusSource {
  service: string;
  db: Database;
  events: Pick<EventRuntime<Tx>, 'status'>;
  /** the parts that are not ready, by name */
  missing: () => Promise<string[]>;
}

/** How a service stands; it never throws: what does not answer is told. All who ask within a second share one answer. */
export function serviceStatus(source: StatusSource): () => Promise<ServiceStatus> {
  let asked = -Infinity;
  let answer: Promise<ServiceStatus> | undefined;
  return () => {
    if (answer === undefined || performance.now() - asked > 1000) {
      asked = performance.now();
      answer = look(source);
    }
    return answer;
  };
}

async function look({ service, db, events, missing }: StatusSource): Promise<ServiceStatus> {
  const databasePing = await orNull(db.ping());
  return {
    service,
    upSeconds: process.uptime(),
    missing: await missing(),
    databasePing,
    // without a database it would take its patience to find out that nothing can be counted
    events: databasePing === null ? null : await orNull(events.status()),
  };
}

const orNull = <Value>(promise: Promise<Value>): Promise<Value | null> => promise.catch(() => null);
