import { pino, stdSerializers, type Logger } from 'pino';

export type { Logger } from 'pino';

/** The values that MongoDB and mongoose repeat in their messages: what somebody wrote, their address among it. */
const values = [
  /(dup key: )\{.*\}/g,
  /(for value )"[^"]*"/g,
  /(Path `[^`]*` )\(`[^`]*`[^)]*\)/g,
  /()`[^`]*`(?= is not a valid enum)/g,
];

const blank = (text: string | undefined): string | undefined =>
  values.reduce((shown, value) => shown?.replace(value, '$1[hidden]'), text);

/** An error as it is written down: its kind, its words and where it came from, without what it was about. */
export function shownError(error: Error): object {
  const { type, message, stack } = stdSerializers.err(error);
  const code = 'code' in error && ['string', 'number'].includes(typeof error.code) ? { code: error.code } : {};
  return { type, message: blank(message), stack: blank(stack), ...code };
}

/** JSON lines on stdout. Whatever might hold a secret or a person's address is blanked, at any of the usual depths. */
export const logger = (name: string, level: string): Logger =>
  pino({
    name,
    level,
    serializers: { err: (error: unknown) => (error instanceof Error ? shownError(error) : error) },
    redact: {
      paths: ['password', 'email', 'token', 'refreshToken', 'accessToken', 'authorization'].flatMap(key => [
        key,
        `*.${key}`,
      ]),
      censor: '[hidden]',
    },
  });
