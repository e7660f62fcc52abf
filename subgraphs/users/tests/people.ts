import { openRooms, room, type AnyRoom, type Rooms, type TestViewer } from '@mealprep360/testing/rooms';
import { loadKeys, readAccess } from '@mealprep360/service/tokens';
import { inject } from 'vitest';
import { users } from '../src/index.ts';

export const openUsers = (...others: AnyRoom[]): Promise<Rooms> => openRooms([room(users), ...others]);

export const password = 'a carrot for each rabbit';

/** Somebody signed in, as the payload told and the access token proves. */
export interface Person {
  email: string;
  viewer: TestViewer;
  accessToken: string;
  refreshToken: string;
}

const payload = 'user { id } accessToken refreshToken userErrors { code message path }';
export const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { ${payload} } }`;
export const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ${payload} } }`;
export const REFRESH = `mutation ($token: String!) { refreshSession(refreshToken: $token) { ${payload} } }`;
export const CHANGE_PASSWORD = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ${payload} } }`;

let count = 0;
export const newEmail = (): string => `person-${++count}@example.org`;

export const signUpInput = (more: object = {}) => ({
  email: newEmail(),
  password,
  displayName: 'Ana',
  timeZone: 'Pacific/Auckland',
  ...more,
});

export async function signUp(rooms: Rooms, more: object = {}): Promise<Person> {
  const input = signUpInput(more);
  const { data, errors } = await rooms.query('users', null, SIGN_UP, { input });
  if (errors || data.signUp.userErrors.length > 0) throw new Error(JSON.stringify([errors, data]));
  return personOf(input.email, data.signUp);
}

export async function signIn(rooms: Rooms, email: string, more: object = {}, userAgent = 'vitest'): Promise<Person> {
  const headers = { 'x-client-user-agent': userAgent };
  const input = { email, password, ...more };
  const { data, errors } = await rooms.query('users', null, SIGN_IN, { input }, headers);
  if (errors || data.signIn.userErrors.length > 0) throw new Error(JSON.stringify([errors, data]));
  return personOf(email, data.signIn);
}

export async function personOf(
  email: string,
  { accessToken, refreshToken }: { accessToken: string; refreshToken: string },
): Promise<Person> {
  const viewer = await viewerOf(accessToken);
  return { email, accessToken, refreshToken, viewer };
}

/** What the gateway reads of an access token. */
export async function viewerOf(accessToken: string): Promise<TestViewer> {
  const { keys } = inject('servers');
  const { userId, sessionId, roles } = await readAccess(
    await loadKeys(keys.signing['gateway'] ?? '', keys.public),
    accessToken,
  );
  if (userId === null || sessionId === null) throw new Error('the token names nobody');
  return { userId, sessionId, roles };
}
