import { fault } from './fault.ts';
import type { Viewer } from './tokens.ts';

/** The id of the signed-in user; throws a Fault UNAUTHENTICATED for anybody else. */
export function signedIn(viewer: Viewer): string {
  if (viewer.userId === null) throw fault('UNAUTHENTICATED', 'Sign in first: this needs an access token.');
  return viewer.userId;
}

export const isOperator = (viewer: Viewer): boolean => viewer.roles.includes('OPERATOR');

/** Whether the viewer may see what is private to this user. */
export const maySeePrivate = (viewer: Viewer, userId: string): boolean =>
  viewer.userId === userId || isOperator(viewer);

/** Throws a Fault FORBIDDEN for anybody but an operator. */
export function operatorsOnly(viewer: Viewer): string {
  const userId = signedIn(viewer);
  if (!isOperator(viewer)) throw fault('FORBIDDEN', 'Only operators may do this.');
  return userId;
}
