import { signService, type Keys } from './tokens.ts';

/** Asks another service over its internal routes; throws `Unanswered` when it is away, slow, or refuses. */
export type Ask = (service: string, path: string, body?: unknown) => Promise<unknown>;

/** Another service did not answer: nothing was learnt, and trying again later may help. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** `urls` are the services' GraphQL addresses by name; internal routes live at the same origin. */
export function askBy(keys: Keys, urls: Readonly<Record<string, string>>, timeout = 2000): Ask {
  const tokenFor = serviceTokens(keys);
  return async (service, path, body = {}) => {
    const url = urls[service];
    if (url === undefined) throw new Unanswered(`the address of ${service} is not known`);
    try {
      const response = await fetch(new URL(path, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(service)}` },
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

// A service token is good for 30 seconds; one is used for 15.
function serviceTokens(keys: Keys): (service: string) => Promise<string> {
  const signed = new Map<string, { token: Promise<string>; at: number }>();
  return service => {
    const known = signed.get(service);
    if (known !== undefined && performance.now() - known.at < 15_000) return known.token;
    const token = signService(keys, service);
    signed.set(service, { token, at: performance.now() });
    return token;
  };
}
