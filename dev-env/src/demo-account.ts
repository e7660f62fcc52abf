import type { Ask } from '@mealprep360/service/ask';
import { z } from 'zod';
import { Obstacle } from './obstacle.ts';
import { post } from './readiness.ts';
import { loadPasswords } from './secrets.ts';

export interface DemoAccount {
  email: string;
  password: string;
}

const email = 'demo@mealprep360.example';

const signUp = `mutation Demo($input: SignUpInput!) {
  signUp(input: $input) { user { id } userErrors { code message } }
}`;

const signedUp = z.object({
  signUp: z.object({
    user: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
});

/** Signs up the demo account through the graph, as anybody would, and makes it an operator. */
export async function makeDemoAccount(graph: string, ask: Ask, secrets: string): Promise<DemoAccount> {
  const account = await demoAccount(secrets);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const input = { ...account, displayName: 'Demo', timeZone };
  const answer = await post(graph, { query: signUp, variables: { input } });
  const read = signedUp.safeParse(answer.data);
  const faults = read.success ? read.data.signUp.userErrors : (answer.errors ?? []);
  const user = read.success ? read.data.signUp.user : null;
  if (user) await ask('users', '/internal/roles', { userId: user.id, role: 'OPERATOR' });
  // a start that was killed after the sign-up finds it there
  else if (!faults.some(fault => 'code' in fault && fault.code === 'EMAIL_TAKEN')) {
    throw new Obstacle(`the demo account could not be made: ${faults.map(({ message }) => message).join('; ')}`);
  }
  return account;
}

/** Its e-mail address and password, whether it was made or not. */
export async function demoAccount(secrets: string): Promise<DemoAccount> {
  const { 'demo account': password } = await loadPasswords(secrets, ['demo account']);
  return { email, password };
}
