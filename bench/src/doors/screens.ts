/** The two screens of the frontends, by what they are called here. */
export const doors = { dashboard: '/web/dashboard', home: '/mobile/home' } as const;
export type Door = keyof typeof doors;

/** Asks for a screen. Throws when it is not answered, or when a part of it failed. */
export async function show(base: string, door: Door, accessToken: string): Promise<unknown> {
  const response = await fetch(`${base}${doors[door]}`, { headers: { authorization: `Bearer ${accessToken}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${doors[door]} answers ${response.status}: ${text.slice(0, 500)}`);
  const screen = JSON.parse(text) as { errors: unknown[] };
  if (screen.errors.length > 0) throw new Error(`${doors[door]} lacks parts: ${JSON.stringify(screen.errors)}`);
  return screen;
}

/** Asks until it is whole: what a new user said of themselves may still be on its way to the rooms. */
export async function untilWhole(base: string, door: Door, accessToken: string, tries = 100): Promise<unknown> {
  try {
    return await show(base, door, accessToken);
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise(resolve => setTimeout(resolve, 100));
    return untilWhole(base, door, accessToken, tries - 1);
  }
}
