import type { Logger } from '@mealprep360/service/logger';
import type { ErrorRequestHandler, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';

/** Every problem that this door answers with; codes are stable. */
export const problems = {
  MALFORMED_REQUEST: { status: 400, title: 'This is no HTTP that can be read' },
  UNKNOWN_PARAMETER: { status: 400, title: 'This route takes no such parameter' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This route is read only' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The address and the headers have more than 16 KB' },
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
    status: z.int().min(400).max(599),
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

function write(response: Response, problem: Problem): void {
  const { kind } = problem;
  if (kind === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer');
  if (kind === 'METHOD_NOT_ALLOWED') response.setHeader('allow', 'GET, HEAD');
  if (kind === 'GATEWAY_UNAVAILABLE') response.setHeader('retry-after', '1');
  response
    .status(problems[kind].status)
    .setHeader('cache-control', 'no-store')
    .type('application/problem+json')
    .send(bodyOf(problem));
}

function bodyOf({ kind, detail }: Problem): string {
  const body: z.output<typeof problemBody> = { type: 'about:blank', ...problems[kind], detail, code: kind };
  return JSON.stringify(body);
}

const unreadable: Readonly<Record<string, ProblemKind>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Answers what Node refuses before there is a request: bytes that are no HTTP, too much of it, or too slow. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = new Problem(unreadable[error.code ?? ''] ?? 'MALFORMED_REQUEST');
  const { status } = problems[problem.kind];
  const body = bodyOf(problem);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
