import type { OutboxRow } from '@mealprep360/events/outbox';
import type { Said } from './evidence.ts';

/** (1) The versions of each aggregate are 1, 2, … n. (2) The numbers of each partition are, too, and all is sent. */
export function historyViolations(said: Said): string[] {
  const violations: string[] = [];
  for (const [service, rows] of said) {
    const aggregates = Map.groupBy(rows, row => `${row.aggregateType} ${row.aggregateId}`);
    for (const [name, own] of aggregates) {
      const versions = own.map(row => row.version).toSorted((a, b) => a - b);
      if (!isCount(versions)) violations.push(`${service}: ${name} has the versions ${versions.join(', ')}`);
      if (!isAscending(own)) violations.push(`${service}: ${name} was numbered in another order than it was said`);
    }
    for (const [partition, own] of Map.groupBy(rows, row => row.partition)) {
      const gap = own.findIndex((row, index) => row.seq !== index + 1);
      if (gap >= 0)
        violations.push(`${service}: partition ${partition} has ${own[gap]?.seq} in the place of ${gap + 1}`);
    }
    const unsent = rows.filter(row => row.sentAt === null).length;
    if (unsent > 0) violations.push(`${service}: ${unsent} events were never sent`);
  }
  return violations;
}

const isCount = (versions: readonly number[]): boolean => versions.every((version, index) => version === index + 1);

const isAscending = (rows: readonly OutboxRow[]): boolean =>
  rows.every((row, index) => index === 0 || row.version > (rows[index - 1]?.version ?? 0));
