import { z } from 'zod';
import { handle } from './handle.ts';
import { optionalText } from './plain-text.ts';

/** The graph's SocialProfileInput, checked and cleaned: undefined stays as it is. */
export const profileInput = z.object({
  handle: handle.nullish().transform(given => given ?? undefined),
  bio: optionalText('A bio', 500)
    .nullish()
    .transform(given => (given === '' ? null : given)),
});
