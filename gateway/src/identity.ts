import { anonymous, InvalidToken, readAccess, type Keys, type Viewer } from '@mealprep360/service/tokens';
import { GraphQLError } from 'graphql';
import type { Revocations } from './revocations.ts';

/**
 * Who asks, by the `Authorization: Bearer` header; without one nobody. Throws UNAUTHENTICATED (HTTP 401) for a token
 * that is wrong, has expired, or belongs to a session that was ended.
 */
export async function identify(
  authorization: string | undefined,
  keys: Keys,
  revocations: Revocations,
): Promise<Viewer> {
  if (authorization === undefined || authorization === '') return anonymous;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('The Authorization header must read: Bearer <access token>.');
  const viewer = await viewerOf(keys, token);
  if (viewer.sessionId !== null && (await revocations.isRevoked(viewer.sessionId))) {
    throw unauthenticated('This session was ended. Sign in again.');
  }
  return viewer;
}

async function viewerOf(keys: Keys, token: string): Promise<Viewer> {
  try {
    return await readAccess(keys, token);
  } catch (error) {
    if (!(error instanceof InvalidToken)) throw error;
    throw unauthenticated(
      'The access token is not valid or has expired. Get a new one by refreshSession, without this header, or sign in again.',
    );
  }
}

const unauthenticated = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
