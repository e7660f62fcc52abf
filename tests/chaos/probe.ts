import type { Service } from './chaos-house.ts';
import { signUp, Unknown, type Person } from './client.ts';
import { setTimeout as pause } from 'node:timers/promises';

/** Writes of one person that need one service each, to see when it takes writes again. */
export interface Probe {
  /** Milliseconds until each of these services acknowledged a write. */
  recovery: (services: readonly Service[]) => Promise<number>;
  /** Reads from all services but these until the answered function is called, which tells how that went. */
  read: (hindered: readonly Service[]) => () => Promise<Reads>;
}

export interface Reads {
  asked: number;
  answered: number;
}

const PATIENCE = 60_000;

export async function startProbe(graph: string, shipped: string): Promise<Probe> {
  const person = await signUp(graph, 'probe@example.org', 'Probe');
  const created = 'mutation { createShoppingList(name: "Probe") { list: shoppingList { id } userErrors { code } } }';
  const { payload } = await person.insist(created);
  const writes = writesOf(person, payload.list.id as string, shipped);
  return {
    recovery: async services => {
      const began = performance.now();
      await Promise.all(services.map(service => untilAcknowledged(writes[service], began)));
      return performance.now() - began;
    },
    read: hindered => {
      let goesOn = true;
      const counts: Reads = { asked: 0, answered: 0 };
      const open = Object.entries(reads).filter(([service]) => !hindered.some(name => name === service));
      const reading = open.map(async ([, document]) => {
        while (goesOn) {
          counts.asked += 1;
          if (await isAnswered(person, document)) counts.answered += 1;
          await pause(250);
        }
      });
      return async () => {
        goesOn = false;
        await Promise.all(reading);
        return counts;
      };
    },
  };
}

/** Reads that need one service each. */
const reads: Partial<Record<Service, string>> = {
  recipes: '{ recipes(first: 3) { edges { node { id } } } }',
  shopping: '{ storeLocations(first: 3) { edges { node { id } } } }',
  social: '{ feed(first: 3) { edges { node { id } } } }',
  blog: '{ blogTags(first: 3) { name } }',
};

async function isAnswered(person: Person, document: string): Promise<boolean> {
  try {
    await person.ask(document);
    return true;
  } catch (error) {
    if (error instanceof Unknown) return false;
    throw error;
  }
}

async function untilAcknowledged(write: () => Promise<unknown>, began: number): Promise<void> {
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      if (!(error instanceof Unknown) || performance.now() - began > PATIENCE) throw error;
    }
    await pause(100);
  }
}

function writesOf(person: Person, listId: string, recipeId: string): Record<Service, () => Promise<unknown>> {
  let count = 0;
  const ask = (document: string, variables: Record<string, unknown>) => async (): Promise<unknown> => {
    const { userErrors } = await person.ask(document, { ...variables, count: (count += 1), text: `probe ${count}` });
    if (userErrors.length > 0) throw new Unknown(userErrors.join(', '));
    return undefined;
  };
  const answer = '{ userErrors { code } }';
  const date = '2026-11-30';
  const plan = () =>
    ask(`mutation($input: CreateMealPlanInput!) { createMealPlan(input: $input) ${answer} }`, {
      input: {
        ...{ startDate: date, endDate: date, idempotencyKey: `probe ${(count += 1)}` },
        items: [{ date, mealType: 'DINNER', recipeId }],
      },
    })();
  return {
    users: ask(`mutation($text: String) { updateProfile(input: { displayName: $text }) ${answer} }`, {}),
    recipes: ask(`mutation($id: ID!) { rateRecipe(recipeId: $id, ratingValue: 5) ${answer} }`, { id: recipeId }),
    mealplans: plan,
    shopping: ask(`mutation($id: ID!, $text: String!) { addShoppingItem(listId: $id, text: $text) ${answer} }`, {
      id: listId,
    }),
    social: ask(`mutation($text: String!) { createPost(input: { body: $text }) ${answer} }`, {}),
    blog: ask(
      `mutation($text: String!) { createBlogPost(input: { title: $text, bodyMarkdown: $text }) ${answer} }`,
      {},
    ),
    notifications: ask('mutation { markAllNotificationsRead }', {}),
  };
}
