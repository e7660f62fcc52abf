import { hash, verify } from '@node-rs/argon2';
import { passwordKey } from './domain/user-input.ts';

// OWASP Password Storage Cheat Sheet, Argon2id: at least 19 MiB of memory, 2 iterations, 1 degree of parallelism.
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

// Of a password that nobody knows, made at the same cost: an unknown address takes as long to refuse as a known one.
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$jW5L/2DJ5qyWUW+9BUYS3Q$sVcrAI6QJZhUQPPobwNaHpsHtU2JfOgX/bncrZVGYXY';

/** Takes some 15 ms of a thread of its own, so it stands outside of transactions. */
export const hashPassword = (password: string): Promise<string> => hash(passwordKey(password), cost);

/** Whether this is the password; `passwordHash` is null for somebody who is not known, which takes as long. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? nobodys, passwordKey(password));
  return right && passwordHash !== null;
}
