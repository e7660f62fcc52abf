import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { DatabaseNotReady } from '@mealprep360/mongo/database';
import { mongo, Error as MongooseError } from 'mongoose';
import { Unanswered } from './ask.ts';
import { Fault } from './fault.ts';
import type { Logger } from './logger.ts';

// What the server says of a request that it cannot take: syntax, fields that are not there, values of the wrong kind.
const aboutTheRequest = /^(GRAPHQL_\w+|BAD_USER_INPUT|BAD_REQUEST|OPERATION_RESOLUTION_FAILURE)$/;

/**
 * What leaves a service of an error: faults with their code; a database or neighbour that is away as
 * SERVICE_UNAVAILABLE; GraphQL's own complaints about the request; anything else as one sentence, and a log line.
 */
export const errorFormatter =
  (service: string, logger: Logger) =>
  (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(thrown);
    const code = formatted.extensions?.code;
    const shown = (code: string, message: string, more: object = {}): GraphQLFormattedError => ({
      message,
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations ? { locations: formatted.locations } : {}),
      extensions: { code, ...more },
    });
    if (error instanceof Fault) return shown(error.code, error.message, { userErrors: error.userErrors });
    if (typeof code === 'string' && aboutTheRequest.test(code)) return shown(code, formatted.message);
    if (isAway(error)) {
      logger.warn({ err: error }, 'a part this request needs is away');
      return shown('SERVICE_UNAVAILABLE', `The ${service} service cannot answer this now. Try again in a moment.`);
    }
    logger.error({ err: error }, 'a request failed');
    return shown('INTERNAL_SERVER_ERROR', 'Something went wrong on our side. It has been written down.');
  };

/** Whether a database or a neighbour is away: trying again later may help. */
export const isAway = (error: unknown): boolean =>
  error instanceof DatabaseNotReady ||
  error instanceof Unanswered ||
  error instanceof mongo.MongoNetworkError ||
  error instanceof mongo.MongoServerSelectionError ||
  error instanceof mongo.MongoNotConnectedError ||
  error instanceof mongo.MongoTopologyClosedError ||
  error instanceof mongo.MongoOperationTimeoutError ||
  error instanceof MongooseError.MongooseServerSelectionError ||
  (error instanceof MongooseError && /initial connection|bufferCommands/.test(error.message));
