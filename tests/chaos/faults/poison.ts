import { outboxCollection, partitionOf, type OutboxRow } from '@mealprep360/events/outbox';
import { newId } from '@mealprep360/mongo/id';
import { askBy } from '@mealprep360/service/ask';
import { loadKeys } from '@mealprep360/service/tokens';
import { join } from 'node:path';
import type { ChaosHouse, Service } from '../chaos-house.ts';
import { until, type Scene } from './fault.ts';

const hearing = ['mealplans', 'shopping'] as const satisfies readonly Service[];

/**
 * Puts an event into the recipes' history that no reader can read, and two of the same recipe behind it that they
 * can. Answers the event's id.
 */
export async function poisonRecipes({ mongodb, poison }: Scene): Promise<string> {
  const outbox = mongodb.db('mealprep360_recipes').collection<OutboxRow>(outboxCollection().name);
  const aggregateId = newId();
  const row = (version: number, eventData: unknown): OutboxRow => ({
    ...{ _id: newId(), eventType: version === 1 ? 'RecipeCreated' : 'RecipeUpdated' },
    ...{ aggregateType: 'Recipe', aggregateId, version, schemaVersion: 1, eventData, timestamp: new Date() },
    ...{ partition: partitionOf(aggregateId), correlationId: 'poison', causationId: null, traceparent: null },
    ...{ userId: null, to: null, erased: false, seq: null, sentAt: null },
  });
  const good = { id: aggregateId, slug: aggregateId, title: 'Stew', description: null, ownerId: null };
  const rest = { visibility: 'PRIVATE', recipeYield: null, recipeIngredient: [], suitableForDiet: [], allergens: [] };
  const last = { recipeCategory: [], recipeCuisine: [], keywords: [], totalMinutes: null, lastUpdated: new Date() };
  const state = { ...good, ...rest, ...last };
  const rows = [row(1, { id: aggregateId }), row(2, state), row(3, state)];
  await outbox.insertMany(rows, { writeConcern: { w: 'majority' } });
  const eventId = rows[0]?._id ?? '';
  poison.push({ eventId, aggregateId, heardBy: hearing });
  return eventId;
}

/** Waits until a service put an event aside. */
export const untilParked = ({ mongodb }: Scene, service: Service, _id: string): Promise<void> =>
  until(`${service} puts ${_id} aside`, async () => {
    const letters = mongodb.db(`mealprep360_${service}`).collection<{ _id: string }>('dead_letters');
    return (await letters.findOne({ _id })) !== null;
  });

/** The person on call gives the poison up, again and again until nothing is parked: what is behind it is applied. */
export async function discardPoison(scene: Scene, service: Service): Promise<void> {
  const ask = await askAsOps(scene.house, service);
  const letters = scene.mongodb
    .db(`mealprep360_${service}`)
    .collection<{ _id: string; error: string | null }>('dead_letters');
  await until(`nothing is parked at ${service}`, async () => {
    const parked = await letters.findOne({ state: 'PARKED' } as object, { sort: { seq: 1 } });
    if (parked === null) return true;
    const isPoison = scene.poison.some(({ eventId }) => eventId === parked._id);
    const [path, body] = isPoison
      ? (['discard', { reason: 'it cannot be read' }] as const)
      : (['redrive', {}] as const);
    await ask(`/internal/ops/dead-letters/${path}`, { eventId: parked._id, by: 'chaos', ...body }).catch(
      () => undefined,
    );
    return false;
  });
}

/** Asks a service as the person on call does, through the proxy before it. */
export async function askAsOps(
  house: ChaosHouse,
  service: Service,
): Promise<(path: string, body: object) => Promise<unknown>> {
  const folder = join(house.data, 'keys');
  const keys = await loadKeys(join(folder, 'ops.key.json'), join(folder, 'public.jwks.json'));
  const ask = askBy(keys, { [service]: `http://127.0.0.1:${house.proxy(service).port}/graphql` }, 10_000);
  return (path, body) => ask(service, path, body);
}
