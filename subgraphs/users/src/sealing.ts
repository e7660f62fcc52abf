import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

// AES-256-GCM (NIST SP 800-38D): 12 random bytes for each message, a tag of 16.
const FORMAT = 1;
const IV = 12;
const TAG = 16;

/** Something that was sealed cannot be opened: with another key, for another purpose, or altered. */
export class CannotUnseal extends Error {
  override readonly name = 'CannotUnseal';
}

/** Encrypts with a key of 32 bytes. `purpose` is not kept: who opens it has to know what it was sealed for. */
export function seal(key: Buffer, plain: Buffer, purpose: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG }).setAAD(Buffer.from(purpose));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), text]);
}

/** Throws CannotUnseal. */
export function unseal(key: Buffer, sealed: Buffer, purpose: string): Buffer {
  try {
    if (sealed[0] !== FORMAT) throw new Error(`format ${sealed[0]} is not known`);
    const iv = sealed.subarray(1, 1 + IV);
    const tag = sealed.subarray(1 + IV, 1 + IV + TAG);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(1 + IV + TAG)), decipher.final()]);
  } catch (error) {
    throw new CannotUnseal(`what was sealed for ${purpose} cannot be opened`, { cause: error });
  }
}
