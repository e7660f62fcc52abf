/**
 * A refresh token as its parts: the session's id, the session's family (in every token of it, in nothing else), and
 * the secret of this one token. The family tells a spent token from one that was made up: whoever merely knows the
 * id of a session cannot end it.
 */
export interface RefreshToken {
  sessionId: string;
  family: string;
  secret: string;
}

export const writeRefreshToken = ({ sessionId, family, secret }: RefreshToken): string =>
  `${sessionId}.${family}.${secret}`;

/** Null for a text that never was a refresh token. */
export function readRefreshToken(text: string): RefreshToken | null {
  const [, sessionId, family, secret] = /^([0-9a-f-]{36})\.([\w-]{22})\.([\w-]{43})$/.exec(text) ?? [];
  return sessionId !== undefined && family !== undefined && secret !== undefined ? { sessionId, family, secret } : null;
}
