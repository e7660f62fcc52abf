import { z } from 'zod';
import { noonZone } from '../commands/seeds/times.ts';

/** Somebody who may ask for the screens. */
export interface Person {
  userId: string;
  accessToken: string;
}

const answer = z.object({
  data: z.object({ signUp: z.object({ accessToken: z.string(), user: z.object({ id: z.string() }) }) }),
});

/** Signs somebody up for whom it is noon. */
export async function signUp(graph: string, name: string): Promise<Person> {
  const input = { email: `${name}@example.org`, password: 'correct horse battery staple', displayName: name };
  const response = await fetch(graph, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } } }',
      variables: { input: { ...input, timeZone: noonZone() } },
    }),
  });
  const { signUp: signed } = answer.parse(await response.json()).data;
  return { userId: signed.user.id, accessToken: signed.accessToken };
}
