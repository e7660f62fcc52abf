import { z } from 'zod';
import type { Caller, GatewayLink } from './gateway-link.ts';
import { failedPart, failuresOf, type Parts } from './parts.ts';

/** What one frontend shows at once: one operation of the graph, and the answer made of it. */
export interface Screen {
  path: string;
  summary: string;
  operationName: string;
  query: string;
  parts: Parts;
  /** what is answered; each part null when it failed or when there is none */
  response: z.ZodObject;
}

/** Declares a screen by the schemas of its parts. */
export function screen(
  given: Omit<Screen, 'response'> & { id: string; shapes: Readonly<Record<string, z.ZodType>> },
): Screen {
  const { id, shapes, ...rest } = given;
  const nullable = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, shape.nullable()]));
  return { ...rest, response: z.object({ ...nullable, errors: z.array(failedPart) }).meta({ id }) };
}

/** Asks for a screen. A part that failed is null and named in `errors`; the rest is there. Throws a Problem. */
export async function show(screen: Screen, gateway: GatewayLink, caller: Caller): Promise<unknown> {
  const answer = await gateway.ask(screen.operationName, screen.query, caller);
  const errors = failuresOf(screen.parts, answer);
  const failed = new Set(errors.map(({ part }) => part));
  const partOf = (name: string): unknown => {
    if (answer.me === null || failed.has(name)) return null;
    return screen.parts[name]?.fields === undefined ? (answer.me[name] ?? null) : answer.me;
  };
  const parts = Object.fromEntries(Object.keys(screen.parts).map(name => [name, partOf(name)]));
  return screen.response.parse({ ...parts, errors });
}
