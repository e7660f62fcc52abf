import type { Logger } from '@mealprep360/service/logger';
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';

/** Every problem that this door answers with; codes are stable. */
export const problems = {
  UNKNOWN_PARAMETER: { status: 400, title: 'This route takes no such parameter' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This route is read only' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
  GATEWAY_REFUSED: { status: 502, title: 'The graph did not take the question' },
  GATEWAY_UNAVAILABLE: { status: 503, title: 'The graph does not answer; try again in a moment' },
} as const;

export type ProblemKind = keyof typeof problems;

/** RFC 9457, as application/problem+json. */
export const problemBody = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(problems) as [ProblemKind, ...ProblemKind[]]),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; code is stable, title and detail are for people' });

/** Ends the request with one of the problems; `detail` says what is wrong this time. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly detail: string | undefined;

  constructor(kind: ProblemKind, detail?: string) {
    super(detail ?? problems[kind].title);
    this.kind = kind;
    this.detail = detail;
  }
}

/** The last handler: a Problem as it is, whatever nobody foresaw as INTERNAL_ERROR and a log line. */
export const answerProblems =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof Problem) {
      write(response, error);
      return;
    }
    log.error({ err: error }, 'a request failed');
    write(response, new Problem('INTERNAL_ERROR'));
  };

function write(response: Response, { kind, detail }: Problem): void {
  const { status, title } = problems[kind];
  if (kind === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer');
  if (kind === 'METHOD_NOT_ALLOWED') response.setHeader('allow', 'GET, HEAD');
  if (kind === 'GATEWAY_UNAVAILABLE') response.setHeader('retry-after', '1');
  const body: z.output<typeof problemBody> = { type: 'about:blank', title, status, detail, code: kind };
  response
    .status(status)
    .setHeader('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body));
}
