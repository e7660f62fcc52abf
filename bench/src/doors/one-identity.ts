import type { Database } from '@mealprep360/mongo/database';
import { userSessionCollection } from '@mealprep360/users/models/user-session';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { readFileSync } from 'node:fs';

/** Who asks, by the same checks as the gateway's: the token's signature and claims, and that its session goes on. */
export function loggedWith(publicKeysFile: string, db: Database): (authorization: string) => Promise<string | null> {
  const keys = createLocalJWKSet(JSON.parse(readFileSync(publicKeysFile, 'utf8')) as JSONWebKeySet);
  const claims = {
    ...{ algorithms: ['EdDSA'], audience: 'mealprep360', issuer: 'users', typ: 'at+jwt' },
    ...{ requiredClaims: ['exp', 'iss', 'sub', 'sid'], clockTolerance: 5 },
  };
  return async authorization => {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return null;
    const verified = await jwtVerify(token, keys, claims).catch(() => null);
    if (verified?.protectedHeader.kid !== 'users') return null;
    const { sub, sid } = verified.payload;
    const session = await db.raw(userSessionCollection).findOne({ _id: String(sid) }, { projection: { revokedAt: 1 } });
    return session?.revokedAt === null ? (sub ?? null) : null;
  };
}
