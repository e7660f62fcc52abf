import type { Logger } from '@mealprep360/service/logger';
import type { ErrorRequestHandler } from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { correlation } from '@mealprep360/service/correlation';

/** The answer to whatever nobody foresaw: nothing of the inside, and an id that finds the log lines. */
export const somethingWentWrong = (): GraphQLFormattedError => ({
  message: 'Something went wrong. The operators can find out what by this correlationId.',
  extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: correlation().correlationId },
});

const shownExtensions = ['code', 'userErrors', 'service', 'correlationId'];

/** What leaves the gateway of an error: message, locations, path, and of the extensions what clients are promised. */
export const errorFormatter =
  (log: Logger) =>
  (error: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const extensions = error.extensions ?? {};
    const unforeseen = extensions.code === 'INTERNAL_SERVER_ERROR' && extensions.correlationId === undefined;
    if (unforeseen) log.error({ err: thrown, ...correlation() }, 'an operation failed');
    const shown = unforeseen ? somethingWentWrong() : error;
    const path = outsidePath(error.path ?? []);
    return {
      message: shown.message,
      ...(error.locations ? { locations: error.locations } : {}),
      ...(path.length > 0 ? { path } : {}),
      extensions: Object.fromEntries(
        Object.entries(shown.extensions ?? {}).filter(([name]) => shownExtensions.includes(name)),
      ),
    };
  };

// Within lists, the query plan's own paths read `nodes.@.recipe`: the list is what a client knows.
const outsidePath = (path: readonly (string | number)[]): readonly (string | number)[] =>
  path.includes('@') ? path.slice(0, path.indexOf('@')) : path;

/** The last handler: a body that is too large or no JSON, and whatever nobody foresaw, in GraphQL's form. */
export const httpErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
    if (status >= 500) log.error({ err: error, ...correlation() }, 'a request failed');
    response.status(status).json({ errors: [status >= 500 ? somethingWentWrong() : refusal(status)] });
  };

const refusal = (status: number): GraphQLFormattedError =>
  status === 413
    ? { message: 'The request body is larger than 1 MiB.', extensions: { code: 'REQUEST_TOO_LARGE' } }
    : { message: 'The request body cannot be read as JSON.', extensions: { code: 'BAD_REQUEST' } };
