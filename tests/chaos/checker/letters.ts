import { services, type Service } from '../chaos-house.ts';
import type { Evidence } from './evidence.ts';

/** Poison that was put into what a service said, and who is to put it aside. */
export interface Poison {
  eventId: string;
  aggregateId: string;
  heardBy: readonly Service[];
}

/** (8) What is put aside is exactly the poison; what stands behind it waits only behind it. */
export async function letterViolations(evidence: Evidence, poison: readonly Poison[]): Promise<string[]> {
  const violations: string[] = [];
  for (const service of services) {
    const letters = await evidence.letters(service);
    const expected = new Set(poison.filter(({ heardBy }) => heardBy.includes(service)).map(({ eventId }) => eventId));
    for (const letter of letters) {
      if (letter.error !== null && !expected.has(letter._id)) {
        violations.push(`${service} put ${letter.event.eventType} ${letter._id} aside: ${letter.error}`);
      }
    }
    const there = new Set(letters.map(letter => letter._id));
    const missing = [...expected].filter(id => !there.has(id));
    violations.push(...missing.map(id => `${service} did not put the poison ${id} aside`));
  }
  return violations;
}
