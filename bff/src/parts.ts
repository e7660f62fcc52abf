import { z } from 'zod';
import type { GatewayAnswer, GraphError } from './gateway-link.ts';

/**
 * One part of a screen. Each is asked of `me` under its own name, so that none falls with another: even `id` is a field
 * that some service has to answer.
 */
export interface Part {
  /** the service that owns it */
  service: string;
  /** what is asked of `me` */
  select: string;
  /** the one field of `me` that is the part; `me` itself where nothing is said */
  field?: string;
  /** what within it comes from another service: the name of the field by service */
  nested?: Readonly<Record<string, string>>;
  /** what is answered */
  shape: z.ZodType;
}
export type Parts = Readonly<Record<string, Part>>;

export const failedPart = z.object({ part: z.string(), code: z.string() }).meta({
  id: 'FailedPart',
  description: 'a part that is null because it failed (todaysMeals.recipe: within a part), and why',
});
type FailedPart = z.output<typeof failedPart>;

/** The operation that asks for all parts at once. */
export const operationOf = (name: string, parts: Parts): string =>
  `query ${name} { ${Object.entries(parts)
    .map(([part, { select }]) => `${part}: me { ${select} }`)
    .join(' ')} }`;

/** A part as the gateway answered it; null where there is none. */
export function partOf(parts: Parts, name: string, { data }: GatewayAnswer): unknown {
  const field = parts[name]?.field;
  return (field === undefined ? data[name] : data[name]?.[field]) ?? null;
}

/**
 * What failed, by part, each once. An error names its part by its path, else by the service that did not answer; one
 * that names neither stands for all parts that are missing.
 */
export function failuresOf(parts: Parts, answer: GatewayAnswer): FailedPart[] {
  const failures = new Map<string, FailedPart>();
  for (const error of answer.errors) {
    for (const part of partsOf(parts, answer, error)) {
      const code = error.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
      if (!failures.has(part)) failures.set(part, { part, code });
    }
  }
  return [...failures.values()];
}

function partsOf(parts: Parts, answer: GatewayAnswer, error: GraphError): string[] {
  const [name = '', ...deeper] = error.path ?? [];
  const service = error.extensions?.service ?? '';
  const part = parts[name];
  if (part === undefined) {
    const names = Object.keys(parts);
    const owned = names.filter(each => parts[each]?.service === service);
    return owned.length > 0 ? owned : names.filter(each => partOf(parts, each, answer) === null);
  }
  const { nested = {} } = part;
  const inside = Object.values(nested).find(field => deeper.includes(field)) ?? nested[service];
  return [inside === undefined || partOf(parts, String(name), answer) === null ? String(name) : `${name}.${inside}`];
}
