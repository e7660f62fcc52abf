import type { ErasureReport } from './src/account-erasure.ts';
import type { UserSessionRecord } from './src/models/user-session.ts';

/**
 * A user is known by the viewer's token alone; each field loads what it shows. `isViewer` is true of somebody who
 * proved to be this user only within this request.
 */
export type UserMapper = { id: string; isViewer?: boolean };
export type SessionMapper = UserSessionRecord;
export type AccountErasureMapper = ErasureReport;
