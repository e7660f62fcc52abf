import type { z } from 'zod';

export interface UserError {
  code: string;
  message: string;
  path: string[] | null;
}

/**
 * Something that the person asking can mend. In a mutation whose payload has `userErrors` it becomes that payload;
 * elsewhere a GraphQL error whose `extensions.code` is the code. `code` is stable, `message` is for people.
 */
export class Fault extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly [UserError, ...UserError[]]) {
    super(userErrors[0].message);
    this.name = 'Fault';
    this.userErrors = userErrors;
  }

  get code(): string {
    return this.userErrors[0]?.code ?? 'INVALID_INPUT';
  }
}

export const fault = (code: string, message: string, path: readonly string[] | null = null): Fault =>
  new Fault([{ code, message, path: path && [...path] }]);

/** Checks a value against its schema: what comes out is clean, what is wrong is a Fault with one entry for each fault. */
export function valid<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: readonly string[] = [],
): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const errors = read.error.issues.slice(0, 20).map(issue => ({
    code: codeOf(issue),
    message: issue.message,
    path: [...at, ...issue.path.map(String)],
  }));
  const [first, ...rest] = errors;
  throw new Fault([first ?? { code: 'INVALID_INPUT', message: 'The input is not valid.', path: [...at] }, ...rest]);
}

// A schema may give a fault a code of its own: `.refine(…, { params: { code: 'UNKNOWN_UNIT' } })`.
function codeOf(issue: z.core.$ZodIssue): string {
  const params: unknown = 'params' in issue ? issue.params : undefined;
  if (typeof params === 'object' && params !== null && 'code' in params && typeof params.code === 'string') {
    return params.code;
  }
  return 'INVALID_INPUT';
}
