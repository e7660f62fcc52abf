import { z } from 'zod';
import type { GatewayLink } from './gateway-link.ts';
import { failedPart, failuresOf, operationOf, partOf, type Parts } from './parts.ts';

/** What one frontend shows at once: one operation of the graph, and the answer made of it. */
export interface Screen {
  /** of the operation, and of the schema of the answer */
  name: string;
  path: string;
  summary: string;
  query: string;
  parts: Parts;
  /** what is answered; each part null when it failed or when there is none */
  response: z.ZodObject;
}

/** Declares a screen by its parts. */
export function screen(given: Pick<Screen, 'name' | 'path' | 'summary' | 'parts'>): Screen {
  const { name, parts } = given;
  const shapes = Object.entries(parts).map(([part, { shape }]) => [part, shape.nullable()]);
  const response = z.object({ ...Object.fromEntries(shapes), errors: z.array(failedPart) }).meta({ id: name });
  return { ...given, query: operationOf(name, parts), response };
}

/** Asks for a screen. A part that failed is null and named in `errors`; the rest is there. Throws a Problem. */
export async function show({ name, query, parts, response }: Screen, gateway: GatewayLink, authorization: string) {
  const answer = await gateway.ask(name, query, authorization);
  const errors = failuresOf(parts, answer);
  const failed = new Set(errors.map(({ part }) => part));
  const shown = Object.keys(parts).map(part => [part, failed.has(part) ? null : partOf(parts, part, answer)]);
  return response.parse({ ...Object.fromEntries(shown), errors });
}
