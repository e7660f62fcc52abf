import { z } from 'zod';
import type { GatewayAnswer, GraphError } from './gateway-link.ts';

/** A part of a screen: who owns it, and what in it comes from somebody else (by service: its name within the part). */
interface Part {
  service: string;
  /** the fields of `me` that make it, where it is not one field of its own name */
  fields?: readonly string[];
  nested?: Readonly<Record<string, string>>;
}
export type Parts = Readonly<Record<string, Part>>;

export const failedPart = z.object({ part: z.string(), code: z.string() }).meta({
  id: 'FailedPart',
  description: 'a part that is null because it failed (todaysMeals.recipe: within a part), and why',
});
type FailedPart = z.output<typeof failedPart>;

/**
 * What failed, by part, each once. An error names its part by its path or, where the path ends above it, by the service
 * that did not answer; one that names neither stands for all parts that are missing.
 */
export function failuresOf(parts: Parts, { me, errors }: GatewayAnswer): FailedPart[] {
  const found = errors.flatMap(error => {
    const code = error.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
    return partsOf(parts, me, error).map(part => ({ part, code }));
  });
  return [...new Map(found.toReversed().map(failure => [failure.part, failure])).values()].toReversed();
}

function partsOf(parts: Parts, me: GatewayAnswer['me'], error: GraphError): string[] {
  const [, field, ...deeper] = error.path ?? [];
  const service = error.extensions?.service;
  const named = Object.entries(parts).find(
    ([name, part]) => field === name || part.fields?.includes(String(field)) === true,
  );
  if (named !== undefined) return [withinPart(named, me, deeper, service)];
  const owned = Object.keys(parts).filter(name => parts[name]?.service === service);
  return owned.length > 0 ? owned : Object.keys(parts).filter(name => isMissing(parts, name, me));
}

function withinPart(
  [name, part]: [string, Part],
  me: GatewayAnswer['me'],
  deeper: (string | number)[],
  service?: string,
) {
  if (part.fields !== undefined || me?.[name] == null) return name;
  const inside = deeper.filter(step => typeof step === 'string').at(-1) ?? part.nested?.[service ?? ''];
  return inside === undefined ? name : `${name}.${inside}`;
}

const isMissing = (parts: Parts, name: string, me: GatewayAnswer['me']): boolean =>
  (parts[name]?.fields ?? [name]).every(field => me?.[field] == null);
