import type { RequestHandler } from 'express';

const local = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** What browsers' pages of other origins may do. */
export interface CorsRules {
  /** whose pages */
  origins: readonly string[];
  /** also pages of this machine */
  allowLocal: boolean;
  methods: readonly string[];
  /** that they may send */
  headers: readonly string[];
  /** headers of answers that they may read */
  exposed: readonly string[];
}

/** Lets browsers' pages of some origins in, and answers what browsers ask beforehand; others get no word of it. */
export function cors(rules: CorsRules): RequestHandler {
  const { origins, allowLocal } = rules;
  const [methods, headers, exposed] = [rules.methods, rules.headers, rules.exposed].map(names => names.join(', '));
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (origin === undefined || !(origins.includes(origin) || (allowLocal && local.test(origin)))) {
      next();
      return;
    }
    response.set({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed });
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.set({
      'access-control-allow-methods': methods,
      'access-control-allow-headers': headers,
      'access-control-max-age': '600',
    });
    response.status(204).end();
  };
}
