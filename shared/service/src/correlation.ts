import type { RequestHandler } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';

/** What ties the log lines of all processes to one request of a client. */
export interface Correlation {
  correlationId: string;
  /** W3C trace context: the client's, or a new one */
  traceparent: string;
}

const current = new AsyncLocalStorage<Correlation>();

const correlationId = /^[A-Za-z0-9._-]{8,64}$/;
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Takes over the client's ids where they are well-formed, else makes new ones, and answers with the correlation id. */
export const correlate: RequestHandler = (request, response, next) => {
  const given = { correlationId: request.get('x-correlation-id') ?? '', traceparent: request.get('traceparent') ?? '' };
  const correlation: Correlation = {
    correlationId: correlationId.test(given.correlationId) ? given.correlationId : randomUUID(),
    traceparent: traceparent.test(given.traceparent) ? given.traceparent : newTrace(),
  };
  response.setHeader('x-correlation-id', correlation.correlationId);
  current.run(correlation, next);
};

/** The ids of the request being answered; new ones outside of any. */
export const correlation = (): Correlation =>
  current.getStore() ?? { correlationId: randomUUID(), traceparent: newTrace() };

const newTrace = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
