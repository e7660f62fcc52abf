import { expect } from 'vitest';
import { show, type Client } from './client.ts';

export const services = ['users', 'recipes', 'mealplans', 'shopping', 'social', 'blog', 'notifications'];

interface Screen {
  path: string;
  /** the part that is lost with a service */
  owned: Record<string, string>;
}

export const screens: Screen[] = [
  {
    path: '/web/dashboard',
    owned: {
      users: 'user',
      recipes: 'recommendedRecipes',
      mealplans: 'recentMealPlans',
      notifications: 'notifications',
    },
  },
  {
    path: '/mobile/home',
    owned: { users: 'user', recipes: 'todaysMeals.recipe', mealplans: 'todaysMeals', shopping: 'shoppingList' },
  },
];

export type Shown = Awaited<ReturnType<typeof show>>;

/** What each screen shows. */
export const showAll = (person: Client, bff: string): Promise<Shown[]> =>
  Promise.all(screens.map(({ path }) => show(person, `${bff}${path}`)));

/** What each screen is to show without a service, by what it shows with all of them. */
export const lacking = (healthy: Shown[], service: string): Shown[] =>
  healthy.map(({ data }, index) => {
    const lost = screens[index]?.owned[service];
    if (lost === undefined) return { data, errors: [] };
    return { data: withoutPart(data, lost), errors: [{ part: lost, code: 'SERVICE_UNAVAILABLE' }] };
  });

/** A part is lost whole, or a field of all that it lists (`todaysMeals.recipe`). */
function withoutPart(parts: Record<string, unknown>, lost: string): Record<string, unknown> {
  const [part = '', field] = lost.split('.');
  if (field === undefined) return { ...parts, [part]: null };
  const listed = parts[part] as Record<string, unknown>[];
  expect(listed.map(each => each[field])).not.toContain(null);
  return { ...parts, [part]: listed.map(each => ({ ...each, [field]: null })) };
}
