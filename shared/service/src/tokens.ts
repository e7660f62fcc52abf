import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose';
import { z } from 'zod';

// Three tokens that can never stand for one another: each has its own `typ`, audience and issuer.
const ACCESS = { typ: 'at+jwt', seconds: 15 * 60 };
const VIEWER = { typ: 'viewer+jwt', seconds: 30 };
const SERVICE = { typ: 'service+jwt', seconds: 30 };
const PUBLIC_AUDIENCE = 'mealprep360';

export const role = z.enum(['USER', 'OPERATOR']);
export type Role = z.infer<typeof role>;

/** Who asks: nobody known (all null, no roles), or a user within a session. */
export interface Viewer {
  userId: string | null;
  sessionId: string | null;
  roles: Role[];
}

export const anonymous: Viewer = { userId: null, sessionId: null, roles: [] };

/** A signer's own private key. */
export interface SigningKey {
  signer: string;
  privateKey: CryptoKey | Uint8Array;
}

/** A signer's own private key, and the public keys of all. */
export interface Keys extends SigningKey {
  publicKeys: ReturnType<typeof createLocalJWKSet>;
}

/** A token that is missing a part, expired, meant for somebody else, or signed by the wrong hand. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const privateJwk = z.looseObject({ kid: z.string(), kty: z.literal('OKP'), crv: z.literal('Ed25519'), d: z.string() });

/** Reads a private JWK (its `kid` is the signer's name) and the JWKS with everybody's public key. */
export async function loadKeys(signingKeyFile: string, publicKeysFile: string): Promise<Keys> {
  const [signing, known] = await Promise.all([loadSigningKey(signingKeyFile), readFile(publicKeysFile, 'utf8')]);
  return { ...signing, publicKeys: createLocalJWKSet(JSON.parse(known) as JSONWebKeySet) };
}

/** Reads a private JWK alone, for who signs and checks nothing. */
export async function loadSigningKey(file: string): Promise<SigningKey> {
  const jwk = privateJwk.parse(JSON.parse(await readFile(file, 'utf8')));
  return { signer: jwk.kid, privateKey: await importJWK(jwk, 'EdDSA') };
}

const sign = (keys: SigningKey, kind: { typ: string; seconds: number }, audience: string, payload: JWTPayload) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', typ: kind.typ, kid: keys.signer })
    .setIssuer(keys.signer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${kind.seconds}s`)
    .sign(keys.privateKey);

async function read(keys: Keys, kind: { typ: string }, audience: string, token: string, issuer?: string) {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys.publicKeys, {
      algorithms: ['EdDSA'],
      audience,
      typ: kind.typ,
      requiredClaims: ['exp', 'iss'],
      clockTolerance: 5,
      ...(issuer === undefined ? {} : { issuer }),
    });
    // The key set holds every service's key: whoever signed must be who the token says it is from.
    if (protectedHeader.kid !== payload.iss) throw new InvalidToken('the token names another issuer than its signer');
    return payload;
  } catch (error) {
    if (error instanceof InvalidToken) throw error;
    throw new InvalidToken(error instanceof Error ? error.message : 'the token cannot be read', { cause: error });
  }
}

const session = z.object({ sub: z.string(), sid: z.string(), roles: z.array(role) });

/** The token of a signed-in user, for clients; good for 15 minutes. */
export const signAccess = (keys: Keys, user: { userId: string; sessionId: string; roles: Role[] }): Promise<string> =>
  sign(keys, ACCESS, PUBLIC_AUDIENCE, { sub: user.userId, sid: user.sessionId, roles: user.roles });

/** Throws InvalidToken. */
export async function readAccess(keys: Keys, token: string): Promise<Viewer> {
  return viewerOf(await read(keys, ACCESS, PUBLIC_AUDIENCE, token, 'users'));
}

/** The gateway's word to one subgraph on who asks; good for 30 seconds. */
export const signViewer = (keys: Keys, service: string, viewer: Viewer): Promise<string> =>
  sign(keys, VIEWER, service, viewer.userId === null ? {} : claimsOf(viewer));

/** Throws InvalidToken. */
export async function readViewer(keys: Keys, service: string, token: string): Promise<Viewer> {
  const payload = await read(keys, VIEWER, service, token, 'gateway');
  return payload.sub === undefined ? anonymous : viewerOf(payload);
}

/** One service's word to another on who calls its `/internal` routes; good for 30 seconds. */
export const signService = (keys: SigningKey, to: string): Promise<string> => sign(keys, SERVICE, to, {});

/** The name of the calling service. Throws InvalidToken. */
export async function readService(keys: Keys, self: string, token: string): Promise<string> {
  const known = checkedTokens(keys);
  const before = known.get(`${self} ${token}`);
  if (before !== undefined && before.until > Date.now()) return before.caller;
  const { iss, exp = 0 } = await read(keys, SERVICE, self, token);
  const caller = z.string().parse(iss);
  for (const [key, { until }] of known) if (until <= Date.now()) known.delete(key);
  known.set(`${self} ${token}`, { caller, until: exp * 1000 });
  return caller;
}

// A service uses one token for many calls: its signature, the dearest part of a small answer, is checked once. Only
// what a service signed gets in here, and it leaves when it expires.
const checked = new WeakMap<Keys, Map<string, { caller: string; until: number }>>();

function checkedTokens(keys: Keys): Map<string, { caller: string; until: number }> {
  const known = checked.get(keys) ?? new Map<string, { caller: string; until: number }>();
  checked.set(keys, known);
  return known;
}

const claimsOf = (viewer: Viewer) => ({ sub: viewer.userId ?? '', sid: viewer.sessionId, roles: viewer.roles });

function viewerOf(payload: JWTPayload): Viewer {
  const claims = session.safeParse(payload);
  if (!claims.success) throw new InvalidToken('the token lacks its user, session or roles');
  return { userId: claims.data.sub, sessionId: claims.data.sid, roles: claims.data.roles };
}
