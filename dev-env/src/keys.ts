import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import { keptSecret, writePrivate } from './secrets.ts';

export interface KeyFiles {
  /** the private JWK of a signer */
  signing: (signer: string) => string;
  /** the JWKS with everybody's public key */
  public: string;
  /** wraps each user's own key: 32 bytes in base64 */
  usersMaster: string;
}

/**
 * Makes the Ed25519 keys that are missing, one private JWK per signer (`kid` is its name, mode 0600), and the JWKS of
 * all public ones. Keys that are there stay as they are.
 */
export async function prepareKeys(folder: string, signers: string[]): Promise<KeyFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: KeyFiles = {
    signing: signer => join(folder, `${signer}.key.json`),
    public: join(folder, 'public.jwks.json'),
    usersMaster: await keptSecret(join(folder, 'users-master.key'), () => `${randomBytes(32).toString('base64')}\n`),
  };
  const keys = await Promise.all(
    signers.map(async signer => {
      const fresh = `${JSON.stringify(await newKey(signer))}\n`;
      const text = await readFile(await keptSecret(files.signing(signer), () => fresh), 'utf8');
      const { d: _private, ...publicPart } = JSON.parse(text) as JWK;
      return publicPart;
    }),
  );
  await writePrivate(files.public, `${JSON.stringify({ keys }, null, 2)}\n`);
  return files;
}

async function newKey(signer: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { ...(await exportJWK(privateKey)), kid: signer, alg: 'EdDSA', use: 'sig' };
}
