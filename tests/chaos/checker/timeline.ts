import type { CommandRow } from '@mealprep360/events/commands';
import type { SagaRow } from '@mealprep360/events/saga-row';
import { services, type Service } from '../chaos-house.ts';
import type { Evidence, Said } from './evidence.ts';

/** Where the time of a few sagas went that came to nothing: who said what when, when it was sent, when heard. */
export async function timelines(evidence: Evidence, said: Said, most: number): Promise<string[]> {
  const failed = await evidence.rows<SagaRow>('mealplans', 'sagas', { type: 'CreateMealPlan', state: 'COMPENSATED' });
  const chosen = failed.filter((_, index) => index % Math.ceil(failed.length / most) === 0);
  const lines = await Promise.all(chosen.map(saga => timelineOf(evidence, said, saga)));
  return lines.flat();
}

async function timelineOf(evidence: Evidence, said: Said, saga: SagaRow): Promise<string[]> {
  const moments: { at: Date; what: string }[] = [];
  for (const service of services) {
    for (const row of (said.get(service) ?? []).filter(({ aggregateId }) => aggregateId === saga._id)) {
      if (!row.eventType.startsWith('Command') || row.erased) continue;
      const { step, undo, outcome } = row.eventData as { step: number; undo: boolean; outcome?: string };
      const name = `${row.eventType} ${undo ? 'undo ' : ''}${step}${outcome === undefined ? '' : ` ${outcome}`}`;
      moments.push({ at: row.timestamp, what: `${service} says ${name}` });
      if (row.sentAt) moments.push({ at: row.sentAt, what: `${service} has sent ${name}` });
      moments.push(...(await heardBy(evidence, row._id, name)));
    }
    for (const { createdAt, step } of await evidence.rows<CommandRow>(service, 'commands', { sagaId: saga._id })) {
      moments.push({ at: createdAt, what: `${service} takes in ${step}` });
    }
  }
  const since = (at: Date): string => ((at.getTime() - saga.createdAt.getTime()) / 1000).toFixed(1).padStart(6);
  const title = `saga ${saga._id} of ${saga.createdAt.toISOString()}: ${saga.failure?.message ?? ''}`;
  const sorted = moments.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return [title, ...sorted.map(({ at, what }) => `  ${since(at)} s  ${what}`)];
}

async function heardBy(evidence: Evidence, eventId: string, name: string): Promise<{ at: Date; what: string }[]> {
  const heard = async (service: Service) =>
    (await evidence.rows<{ at: Date }>(service, 'applied_events', { eventId })).map(({ at }) => ({
      at,
      what: `${service} hears ${name}`,
    }));
  return (await Promise.all(services.map(heard))).flat();
}
