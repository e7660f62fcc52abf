import type { Service } from './chaos-house.ts';
import { signUp, Unknown, type Person } from './client.ts';
import { setTimeout as pause } from 'node:timers/promises';

/** Writes of one person that need one service each, to see when it takes writes again. */
export interface Probe {
  /** Milliseconds until each of these services acknowledged a write. */
  recovery: (services: readonly Service[]) => Promise<number>;
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
  };
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
