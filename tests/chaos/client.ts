import { setTimeout as pause } from 'node:timers/promises';

interface GraphError {
  message: string;
  extensions?: { code?: string };
}

interface UserError {
  code: string;
  message: string;
}

/** What a mutation answered: its payload, or why there is none. */
export interface Outcome {
  // the load reads what it asked for, whatever the operation
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the operation's own
  payload: any;
  userErrors: readonly string[];
}

/** Nothing is known of what was asked: it may be done, or not, or still be done. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}

/** A frontend of one person. */
export interface Person {
  userId: string;
  email: string;
  password: string;
  /** Asks once; throws Unknown when it is not answered, or not by all parts. */
  ask: (document: string, variables?: Record<string, unknown>) => Promise<Outcome>;
  /** Asks the same again until it is answered, for at most two minutes; then throws Unknown. */
  insist: (document: string, variables?: Record<string, unknown>) => Promise<Outcome>;
}

const password = 'correct horse battery staple';
const PATIENCE = 120_000;
/** A refusal that says: later, perhaps. */
const LATER = new Set(['NOT_READY', 'SERVICE_UNAVAILABLE']);

/** Signs somebody up, however long it takes. */
export async function signUp(graph: string, email: string, displayName: string): Promise<Person> {
  let accessToken = '';
  const ask = async (document: string, variables: Record<string, unknown> = {}): Promise<Outcome> => {
    const { data, errors } = await post(graph, accessToken, document, variables);
    const codes = errors.map(error => error.extensions?.code ?? error.message);
    if (codes.includes('GRAPHQL_VALIDATION_FAILED')) throw new Error(`${document}: ${errors[0]?.message ?? ''}`);
    if (codes.includes('UNAUTHENTICATED')) await signIn();
    const payload: unknown = Object.values(data ?? {})[0] ?? null;
    if (codes.length > 0 || payload === null) throw new Unknown(codes.join(', '));
    const failures = (payload as { userErrors?: UserError[] }).userErrors ?? [];
    return { payload, userErrors: failures.map(({ code }) => code) };
  };
  const signIn = async (): Promise<string | undefined> => {
    const document = 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken user { id } } }';
    const { data } = await post(graph, '', document, { input: { email, password } });
    const session = (data as { signIn?: Session | null } | null)?.signIn;
    if (session?.accessToken) accessToken = session.accessToken;
    return session?.user?.id;
  };
  const insist: Person['insist'] = async (document, variables) => {
    const until = Date.now() + PATIENCE;
    for (let wait = 100; ; wait = Math.min(wait * 1.7, 1500)) {
      try {
        const outcome = await ask(document, variables);
        if (!outcome.userErrors.some(code => LATER.has(code))) return outcome;
        if (Date.now() > until) throw new Unknown(outcome.userErrors.join(', '));
      } catch (error) {
        if (!(error instanceof Unknown) || Date.now() > until) throw error;
      }
      await pause(wait);
    }
  };
  const input = { email, password, displayName, timeZone: 'Europe/Berlin' };
  const document = 'mutation($input: SignUpInput!) { signUp(input: $input) { user { id } userErrors { code } } }';
  // the address is taken when an earlier try was not answered, and done
  await insist(document, { input });
  for (;;) {
    const userId = await signIn().catch(() => undefined);
    if (userId !== undefined) return { userId, email, password, ask, insist };
    await pause(200);
  }
}

interface Session {
  accessToken?: string | null;
  user?: { id: string } | null;
}

interface Answer {
  data: Record<string, unknown> | null;
  errors: GraphError[];
}

/** One request; throws Unknown when there is no answer. */
export async function post(
  graph: string,
  token: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  try {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(15_000),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer>;
    return { data, errors };
  } catch (error) {
    throw new Unknown('no answer', { cause: error });
  }
}
