import { signService, type Keys } from './tokens.ts';

/** Asks another service over its internal routes; throws `Unanswered` when it is away, slow, or refuses. */
export type Ask = (service: string, path: string, body?: unknown) => Promise<unknown>;

/** Another service did not answer: nothing was learnt, and trying again later may help. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** `urls` are the services' GraphQL addresses by name; internal routes live at the same origin. */
export function askBy(keys: Keys, urls: Readonly<Record<string, string>>, timeout = 2000): Ask {
  return async (service, path, body = {}) => {
    const url = urls[service];
    if (url === undefined) throw new Unanswered(`the address of ${service} is not known`);
    try {
      const response = await fetch(new URL(path, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await signService(keys, service)}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      });
      if (!response.ok) throw new Unanswered(`${service} answered ${response.status} to ${path}`);
      return await response.json();
    } catch (error) {
      if (error instanceof Unanswered) throw error;
      throw new Unanswered(`${service} does not answer ${path}`, { cause: error });
    }
  };
}
