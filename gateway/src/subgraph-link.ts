import type { Logger } from '@mealprep360/service/logger';
import { Pool } from 'undici';
import { circuitBreaker } from './circuit-breaker.ts';
import { patience, TooSlow, withPatience } from './patience.ts';

/** A subgraph did not answer: it is away, or it took too long. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: 'unavailable' | 'timeout';

  constructor(reason: 'unavailable' | 'timeout', options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

export interface Answer {
  status: number;
  /** parsed JSON; null when it was none */
  body: unknown;
}

/** The gateway's line to one subgraph: connections kept open, bounded patience, and a memory of its being down. */
export interface SubgraphLink {
  name: string;
  /** Posts a GraphQL request. Throws NoAnswer, at once while the subgraph is known to be down. */
  post: (kind: 'query' | 'mutation', headers: Readonly<Record<string, string>>, body: string) => Promise<Answer>;
  /** Asks a health route. Throws NoAnswer after `timeout` milliseconds. */
  get: (path: string, timeout: number) => Promise<Answer>;
  isDown: () => boolean;
  /** Lets running requests end, then closes the connections. */
  close: () => Promise<void>;
}

export function openLink(name: string, url: string, log: Logger): SubgraphLink {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 256, connect: { timeout: 1000 }, headersTimeout: 0, bodyTimeout: 0 });
  const get: SubgraphLink['get'] = (path, timeout) => call(pool, { path, method: 'GET' }, AbortSignal.timeout(timeout));
  const isWell = () => get('/health/database', patience.probe).then(isHealthy, () => false);
  const breaker = circuitBreaker({
    failuresInARow: 3,
    probeEvery: 500,
    probe: isWell,
    onChange: state => {
      log.warn({ subgraph: name }, state === 'open' ? 'the subgraph is down' : 'the subgraph is back');
    },
  });
  const doubt = async () => {
    const well = await isWell();
    if (!well) breaker.open();
    return well;
  };
  const send = async (kind: 'query' | 'mutation', headers: Readonly<Record<string, string>>, body: string) => {
    const once = () =>
      withPatience(kind, doubt, signal => call(pool, { path: pathname, method: 'POST', headers, body }, signal));
    const started = performance.now();
    // A kept connection may have been closed under a request by a restart; a mutation might have been heard, though.
    const answer = await once().catch((error: unknown) => {
      if (kind === 'mutation' || !isReset(error)) throw error;
      return once();
    });
    breaker.succeeded();
    if (performance.now() - started > 1000 && saysUnavailable(answer.body)) void doubt();
    return answer;
  };
  return {
    name,
    get,
    isDown: breaker.isOpen,
    post: async (kind, headers, body) => {
      if (breaker.isOpen()) throw new NoAnswer('unavailable');
      try {
        return await send(kind, headers, body);
      } catch (error) {
        breaker.failed();
        throw error;
      }
    },
    close: async () => {
      breaker.dispose();
      await pool.close();
    },
  };
}

interface Call {
  path: string;
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

async function call(pool: Pool, request: Call, signal: AbortSignal): Promise<Answer> {
  try {
    const { statusCode: status, body } = await pool.request({ ...request, signal });
    return { status, body: jsonOf(await body.text()) };
  } catch (cause) {
    const timedOut = signal.aborted || cause instanceof TooSlow;
    throw new NoAnswer(timedOut ? 'timeout' : 'unavailable', { cause });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // a proxy's error page, for instance
    return null;
  }
}

const isReset = (error: unknown): boolean =>
  error instanceof NoAnswer &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String(error.cause.code));

const isHealthy = ({ body }: Answer): boolean =>
  typeof body === 'object' && body !== null && 'healthy' in body && body.healthy === true;

// A service whose database hangs takes its time to say so, each time: such an answer raises a doubt, too.
const saysUnavailable = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'errors' in body &&
  JSON.stringify(body.errors).includes('"SERVICE_UNAVAILABLE"');
