import { id } from '@mealprep360/contracts/vocabulary';
import { z } from 'zod';
import { text } from './plain-text.ts';

const MAX_IMAGES = 10;
const MAX_ADDRESS_LENGTH = 2048;

// The graph's URL scalar gives URL objects, of any scheme.
const webAddress = z
  .instanceof(URL)
  .refine(({ protocol }) => protocol === 'http:' || protocol === 'https:', 'An image is an http or https address.')
  .transform(address => address.href)
  .pipe(z.string().max(MAX_ADDRESS_LENGTH, `An address has at most ${MAX_ADDRESS_LENGTH} characters.`));

const reference = id.nullish().transform(given => given ?? null);

/** The graph's CreatePostInput, checked and cleaned. */
export const postInput = z.object({
  body: text('A post', 5000),
  images: z
    .array(webAddress)
    .max(MAX_IMAGES, `A post has at most ${MAX_IMAGES} images.`)
    .nullish()
    .transform(images => images ?? []),
  recipeId: reference,
  mealPlanId: reference,
});
export type PostInput = z.output<typeof postInput>;

/** What addComment is given, checked and cleaned. */
export const commentInput = z.object({ postId: id, body: text('A comment', 2000), replyTo: reference });
export type CommentInput = z.output<typeof commentInput>;

export const reportInput = z.object({ postId: id, reason: text('A reason', 1000) });
