import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@mealprep360/service/logger';
import { signViewer, type Keys, type Viewer } from '@mealprep360/service/tokens';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { correlation } from '@mealprep360/service/correlation';
import { somethingWentWrong } from './errors.ts';
import { NoAnswer, type Answer, type SubgraphLink } from './subgraph-link.ts';
import { viewerStub } from './viewer-stub.ts';

/** What every part of an operation knows of its client. */
export interface GatewayContext {
  viewer: Viewer;
  userAgent: string | null;
}

const subgraphError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.object({ code: z.string().optional(), userErrors: z.array(z.unknown()).optional() }).optional(),
});
type SubgraphError = z.infer<typeof subgraphError>;

const graphqlAnswer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(subgraphError).optional(),
});

/**
 * Sends the parts of operations to one subgraph, with the gateway's word on who asks and without the client's headers.
 * Whatever fails comes back as errors that may leave the house, so that the other parts are answered.
 */
export function subgraphSource(link: SubgraphLink, keys: Keys, log: Logger): GraphQLDataSource<GatewayContext> {
  return {
    process: async options => {
      if (!('incomingRequestContext' in options)) throw new Error(`${link.name} is asked on nobody's behalf`);
      const { query = '', variables, operationName } = options.request;
      const kind = query.trimStart().startsWith('mutation') ? 'mutation' : 'query';
      const headers = await headersFor(link.name, keys, options.context);
      try {
        const answer = await link.post(kind, headers, JSON.stringify({ query, variables, operationName }));
        return shown(link.name, answer, log);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        log.warn({ subgraph: link.name, err: error.cause, ...correlation() }, `no answer: ${error.reason}`);
        const data = viewerStub(query, options.context.viewer);
        return { ...(data === undefined ? {} : { data }), errors: [noAnswer(link.name, error.reason)] };
      }
    },
  };
}

async function headersFor(subgraph: string, keys: Keys, { viewer, userAgent }: GatewayContext) {
  const { correlationId, traceparent } = correlation();
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'x-viewer': await signViewer(keys, subgraph, viewer),
    'x-correlation-id': correlationId,
    traceparent,
    ...(userAgent === null ? {} : { 'x-client-user-agent': userAgent }),
  };
}

function shown(service: string, { status, body }: Answer, log: Logger) {
  const answer = graphqlAnswer.safeParse(body);
  if (!answer.success || (answer.data.data === undefined && answer.data.errors === undefined)) {
    log.error({ subgraph: service, status, ...correlation() }, 'the subgraph did not answer in GraphQL');
    const away = status === 502 || status === 503 || status === 504;
    return { errors: [away ? noAnswer(service, 'unavailable') : somethingWentWrong()] };
  }
  const { data, errors } = answer.data;
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map(error => shownError(service, error, log)) }),
  };
}

// Codes that a subgraph gives on purpose are for the client; all else may tell of its insides.
function shownError(service: string, error: SubgraphError, log: Logger): GraphQLFormattedError {
  const { code, userErrors } = error.extensions ?? {};
  const path = error.path === undefined ? {} : { path: error.path };
  if (code === undefined || code === 'INTERNAL_SERVER_ERROR' || code === 'VIEWER_TOKEN_MISSING') {
    log.error({ subgraph: service, code, path: error.path, ...correlation() }, 'the subgraph failed');
    return { ...somethingWentWrong(), ...path };
  }
  return {
    message: error.message,
    ...path,
    extensions: {
      code,
      ...(userErrors === undefined ? {} : { userErrors }),
      ...(code === 'SERVICE_UNAVAILABLE' ? { service } : {}),
    },
  };
}

// The empty path stands for where this part of the operation begins.
function noAnswer(service: string, reason: NoAnswer['reason']): GraphQLFormattedError {
  return reason === 'timeout'
    ? {
        message: `The ${service} service did not answer in time.`,
        path: [],
        extensions: { code: 'SERVICE_TIMEOUT', service },
      }
    : {
        message: `The ${service} service does not answer.`,
        path: [],
        extensions: { code: 'SERVICE_UNAVAILABLE', service },
      };
}
