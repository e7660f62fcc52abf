import type { OutboxRow } from '@mealprep360/events/outbox';
import { isDeepStrictEqual } from 'node:util';
import { services, type Service } from '../chaos-house.ts';
import { isEnd, lastOf, type Evidence, type Said } from './evidence.ts';

interface Copy {
  _id: string;
  version: number;
  state: Record<string, unknown> | null;
}

const sources: Record<string, { owner: Service; type: string }> = {
  recipe_copy: { owner: 'recipes', type: 'Recipe' },
  user_copy: { owner: 'users', type: 'User' },
  plan_copy: { owner: 'mealplans', type: 'MealPlan' },
};

/** (4) Each copy is what its owner's history makes of it: all that is alive, at its last version, and nothing else. */
export async function copyViolations(evidence: Evidence, said: Said): Promise<string[]> {
  const violations: string[] = [];
  for (const service of services) {
    const there = (await evidence.collectionsOf(service)).filter(name => name in sources);
    for (const name of there) {
      const source = sources[name];
      if (source === undefined) continue;
      const last = lastOf(said, source.owner, source.type);
      const held = new Set((await evidence.letters(service)).map(letter => letter.aggregateId));
      const copies = new Map((await evidence.rows<Copy>(service, name)).map(copy => [copy._id, copy]));
      const ids = new Set([...last.keys(), ...copies.keys()].filter(id => !held.has(id)));
      violations.push(...[...ids].flatMap(id => compare(`${service}.${name} ${id}`, copies.get(id), last.get(id))));
    }
  }
  return violations;
}

function compare(name: string, copy: Copy | undefined, event: OutboxRow | undefined): string[] {
  if (event === undefined) return [`${name} is of something that was never said`];
  if (isEnd(event)) return copy === undefined ? [] : [`${name} is there, and its owner deleted it`];
  if (copy === undefined) return [`${name} is missing at version ${event.version}`];
  if (copy.version !== event.version) return [`${name} is at version ${copy.version}, its owner at ${event.version}`];
  const data = event.eventData as Record<string, Record<string, unknown> | undefined>;
  // a copy keeps what it needs of the state, perhaps without the parts that it stands in
  const whole: Record<string, unknown> = { ...data, ...data.preferences, ...data.settings };
  const wrong = Object.entries(copy.state ?? {}).filter(([key, value]) => !isDeepStrictEqual(value, whole[key]));
  if (copy.state === null) return [`${name} is awaited at version ${copy.version}`];
  return wrong.map(([key]) => `${name} has another ${key} than its owner`);
}
