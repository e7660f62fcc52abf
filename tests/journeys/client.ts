import { expect } from 'vitest';

interface GraphError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string };
}

export interface Answer {
  // A journey reads the answer it asked for: what is not there fails its expectations.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the query's own
  data: any;
  errors?: GraphError[];
}

/** A frontend of one person: it speaks GraphQL to the gateway, and nothing else. */
export interface Client {
  /** Asks, and expects an answer without errors. */
  ask: (document: string, variables?: Record<string, unknown>) => Promise<Answer['data']>;
  /** Asks, and hands out errors too. */
  send: (document: string, variables?: Record<string, unknown>) => Promise<Answer>;
  userId: string;
  accessToken: string;
}

/** What a door of the frontends shows somebody: its parts, and which of them failed. */
export async function show({ accessToken }: Client, url: string): Promise<{ data: Answer['data']; errors: Failed[] }> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(30_000),
  });
  expect(response.status).toBe(200);
  const { errors, ...data } = (await response.json()) as { errors: Failed[] };
  return { data, errors };
}

interface Failed {
  part: string;
  code: string;
}

export function client(graph: string, accessToken = '', userId = ''): Client {
  const send: Client['send'] = async (query, variables = {}) => {
    const response = await fetch(graph, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(accessToken === '' ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    return (await response.json()) as Answer;
  };
  return {
    userId,
    accessToken,
    send,
    ask: async (document, variables) => {
      const { data, errors } = await send(document, variables);
      expect(errors).toBeUndefined();
      return data;
    },
  };
}

let people = 0;

/** Somebody new, signed up and signed in. */
export async function signUp(graph: string, displayName: string, timeZone: string): Promise<Client> {
  people += 1;
  const { signUp: payload } = await client(graph).ask(
    `mutation($input: SignUpInput!) {
      signUp(input: $input) { accessToken user { id } userErrors { code message } }
    }`,
    {
      input: {
        email: `${displayName.toLowerCase()}.${process.pid}.${people}@example.org`,
        password: 'correct horse battery staple',
        displayName,
        timeZone,
      },
    },
  );
  expect(payload.userErrors).toEqual([]);
  return client(graph, payload.accessToken, payload.user.id);
}
