import type { RequestHandler } from 'express';

const local = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const headers = 'content-type, authorization, apollo-require-preflight, x-correlation-id, traceparent';

/** Lets browsers' pages of these origins (besides pages of this machine, when `allowLocal`) use the graph. */
export const cors =
  (origins: readonly string[], allowLocal: boolean): RequestHandler =>
  (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (origin === undefined || !(origins.includes(origin) || (allowLocal && local.test(origin)))) {
      next();
      return;
    }
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'x-correlation-id');
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', headers);
    response.setHeader('access-control-max-age', '600');
    response.status(204).end();
  };
