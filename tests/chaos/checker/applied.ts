import { speakers, type Speaker } from '@mealprep360/contracts/speakers';
import type { Envelope } from '@mealprep360/contracts/envelope';
import { toEnvelope } from '@mealprep360/events/outbox';
import type { OutboxRow } from '@mealprep360/events/outbox';
import { services, type Service } from '../chaos-house.ts';
import type { Evidence, Said } from './evidence.ts';

interface Applied {
  eventId: string;
  speaker: Speaker;
}

/**
 * (3) Each event was applied exactly once by each service that hears its type, and those of an aggregate in order.
 * What a service hears is what it was ever seen to apply of that speaker and type (commands and answers: what is
 * addressed to it).
 */
export async function applicationViolations(evidence: Evidence, said: Said): Promise<string[]> {
  const violations: string[] = [];
  for (const service of services) {
    const applied = await evidence.rows<Applied>(service, 'applied_events');
    const givenUp = new Set((await evidence.letters(service)).map(letter => letter._id));
    for (const [speaker, own] of Map.groupBy(applied, row => row.speaker)) {
      const rows = said.get(speaker) ?? [];
      violations.push(...onceEach(service, speaker, own, rows, givenUp), ...inOrder(service, speaker, own, rows));
    }
  }
  return violations;
}

function onceEach(
  service: Service,
  speaker: Speaker,
  applied: readonly Applied[],
  rows: readonly OutboxRow[],
  givenUp: ReadonlySet<string>,
): string[] {
  const times = new Map<string, number>();
  for (const { eventId } of applied) times.set(eventId, (times.get(eventId) ?? 0) + 1);
  const heard = new Set(rows.filter(row => times.has(row._id)).map(row => row.eventType));
  return rows.flatMap(row => {
    const isFor =
      heard.has(row.eventType) && row.eventType in speakers[speaker] && (row.to === null || row.to === service);
    const expected = isFor && !givenUp.has(row._id) && !row.erased ? 1 : 0;
    const count = times.get(row._id) ?? 0;
    if (count === expected || (row.erased && count < 2)) return [];
    return [`${service} applied ${nameOf(speaker, toEnvelope(row))} ${count} times`];
  });
}

function inOrder(
  service: Service,
  speaker: Speaker,
  applied: readonly Applied[],
  rows: readonly OutboxRow[],
): string[] {
  const byId = new Map(rows.map(row => [row._id, row]));
  const last = new Map<string, number>();
  return applied.flatMap(({ eventId }) => {
    const row = byId.get(eventId);
    if (row === undefined) return [`${service} applied ${eventId} of ${speaker}, which was never said`];
    const key = `${row.aggregateType} ${row.aggregateId}`;
    const before = last.get(key) ?? 0;
    last.set(key, row.version);
    return row.version > before
      ? []
      : [`${service} applied ${nameOf(speaker, toEnvelope(row))} after version ${before}`];
  });
}

const nameOf = (speaker: string, { eventType, aggregateId, version, partition, seq }: Envelope): string =>
  `${eventType} of ${speaker} (${aggregateId} version ${version}, ${partition}:${seq})`;
