import { correlation } from '@mealprep360/service/correlation';
import type { Logger } from '@mealprep360/service/logger';
import { z } from 'zod';
import { Problem, type ProblemKind } from './problem.ts';

const graphError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.object({ code: z.string().optional(), service: z.string().optional() }).optional(),
});
export type GraphError = z.output<typeof graphError>;

const graphAnswer = z.object({
  data: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()).nullish(),
  errors: z.array(graphError).optional(),
});

export interface GatewayAnswer {
  /** by the names that the operation gives */
  data: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  errors: readonly GraphError[];
}

/** Longer than the gateway's own patience with a part that hangs. */
const PATIENCE = 5000;

/** The one way to data: operations of the public graph, in the name of whoever asks. */
export interface GatewayLink {
  /** `authorization` is the caller's own header. Throws a Problem: UNAUTHENTICATED, GATEWAY_UNAVAILABLE or GATEWAY_REFUSED. */
  ask: (operationName: string, query: string, authorization: string) => Promise<GatewayAnswer>;
  isThere: () => Promise<boolean>;
}

export function gatewayLink(url: string, log: Logger): GatewayLink {
  return {
    ask: async (operationName, query, authorization) => {
      const { status, body } = await post(url, JSON.stringify({ operationName, query }), authorization, log);
      if (status === 401) throw new Problem('UNAUTHENTICATED', said(body));
      const answer = graphAnswer.safeParse(body);
      if (!answer.success || answer.data.data == null) {
        log.error({ operationName, status, body, ...correlation() }, 'the gateway did not answer the operation');
        throw new Problem(status >= 500 ? 'GATEWAY_UNAVAILABLE' : 'GATEWAY_REFUSED');
      }
      return { data: answer.data.data, errors: answer.data.errors ?? [] };
    },
    isThere: () =>
      fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(1000) }).then(
        response => response.ok,
        () => false,
      ),
  };
}

async function post(
  url: string,
  body: string,
  authorization: string,
  log: Logger,
): Promise<{ status: number; body: unknown }> {
  const { correlationId, traceparent } = correlation();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization,
        'x-correlation-id': correlationId,
        traceparent,
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    log.warn({ err: error, correlationId }, 'the gateway does not answer');
    throw new Problem('GATEWAY_UNAVAILABLE' satisfies ProblemKind);
  }
}

function said(body: unknown): string | undefined {
  const answer = z.object({ errors: z.array(graphError) }).safeParse(body);
  return answer.success ? answer.data.errors[0]?.message : undefined;
}
