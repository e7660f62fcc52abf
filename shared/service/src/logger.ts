import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** JSON lines on stdout. Whatever might hold a secret or a person's address is blanked, at any of the usual depths. */
export const logger = (name: string, level: string): Logger =>
  pino({
    name,
    level,
    redact: {
      paths: ['password', 'email', 'token', 'refreshToken', 'accessToken', 'authorization'].flatMap(key => [
        key,
        `*.${key}`,
      ]),
      censor: '[hidden]',
    },
  });
