import { z } from 'zod';
import { doors, type Door } from '../doors/screens.ts';
import type { Person } from '../doors/sign-up.ts';
import { AGGREGATOR, EVERYTHING, type Belongings } from './documents.ts';

/** Somebody who asks the graph and the screens, and is told what is missing. */
export interface Guest extends Person {
  /** Asks the graph. Throws when something is missing or not of this shape. */
  ask: <Data>(document: string, variables: Record<string, unknown>, shape: z.ZodType<Data>) => Promise<Data>;
  /** Asks the graph; how many errors it answers. */
  errorsOf: (document: string, variables: Record<string, unknown>) => Promise<number>;
  /** Asks for a screen; how many of its parts it lacks. */
  missingIn: (bff: string, door: Door) => Promise<number>;
}

const graphAnswer = z.object({ data: z.unknown(), errors: z.array(z.unknown()).default([]) });
const screen = z.object({ errors: z.array(z.unknown()) });
const PATIENCE = 30_000;

export function guest(graph: string, person: Person): Guest {
  const authorization = `Bearer ${person.accessToken}`;
  const send = async (query: string, variables: Record<string, unknown>) => {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return graphAnswer.parse(await response.json());
  };
  return {
    ...person,
    ask: async (document, variables, shape) => {
      const { data, errors } = await send(document, variables);
      if (errors.length > 0) throw new Error(`the graph answers ${JSON.stringify(errors).slice(0, 500)}`);
      return shape.parse(data);
    },
    errorsOf: async (document, variables) => (await send(document, variables)).errors.length,
    missingIn: async (bff, door) => {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(`${bff}${doors[door]}`, { headers: { authorization }, signal });
      return screen.parse(await response.json()).errors.length;
    },
  };
}

export const operationNames = ['dashboard', 'home', 'aggregator', 'everything'] as const;

/** Asks; resolves with how much of the answer is said to be missing. */
export type Operations = Record<(typeof operationNames)[number], () => Promise<number>>;

export function operationsOf(person: Guest, bff: string, belongings: Belongings): Operations {
  const { planId } = belongings;
  return {
    dashboard: () => person.missingIn(bff, 'dashboard'),
    home: () => person.missingIn(bff, 'home'),
    aggregator: () => person.errorsOf(AGGREGATOR, { planId }),
    everything: () => person.errorsOf(EVERYTHING, { ...belongings, userId: person.userId }),
  };
}
