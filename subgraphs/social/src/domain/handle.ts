import { z } from 'zod';

/** The form in which handles are kept, compared and looked up. */
export const foldHandle = (handle: string): string => handle.trim().toLowerCase();

/** A handle as somebody chose it, in its kept form. */
export const handle = z
  .string()
  .trim()
  // before the case is folded, which would make ASCII of a Kelvin sign
  .regex(/^[A-Za-z0-9_]{3,30}$/, 'A handle is 3 to 30 letters of a to z, digits and _.')
  .transform(foldHandle);

/**
 * Handles for somebody who has not chosen one, in the order to try them. They are made of a digest of the user's id,
 * hexadecimal, and tell nothing of the person.
 */
export const handlesOf = (digest: string): string[] => [6, 8, 12, 24].map(length => `cook_${digest.slice(0, length)}`);
