import { Agent, request as requestPlain, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as requestSecurely } from 'node:https';
import { text as textOf } from 'node:stream/consumers';
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
      const { status, text } = await post({
        url: new URL(path, url),
        token: await tokenFor(service),
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      });
      if (status !== 200) throw new Unanswered(`${service} answered ${status} to ${path}`);
      return JSON.parse(text) as unknown;
    } catch (error) {
      if (error instanceof Unanswered) throw error;
      throw new Unanswered(`${service} does not answer ${path}`, { cause: error });
    }
  };
}

const plain = { request: requestPlain, agent: new Agent({ keepAlive: true }) };
const secure = { request: requestSecurely, agent: new SecureAgent({ keepAlive: true }) };

interface Posted {
  url: URL;
  token: string;
  body: string;
  signal: AbortSignal;
}

// Services ask each other all the time, also when nobody asks them: `fetch` costs an idle process three times as much.
async function post({ url, token, body, signal }: Posted): Promise<{ status: number; text: string }> {
  const answered = Promise.withResolvers<IncomingMessage>();
  const { request, agent } = url.protocol === 'https:' ? secure : plain;
  const asked = request(url, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    },
    signal,
  });
  asked.on('response', answered.resolve).on('error', answered.reject).end(body);
  const response = await answered.promise.catch((error: unknown) => {
    // a kept connection may have been closed meanwhile: nobody took the question, so it is asked on another one
    if (asked.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return null;
    throw error;
  });
  if (response === null) return post({ url, token, body, signal });
  return { status: response.statusCode ?? 0, text: await textOf(response) };
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
