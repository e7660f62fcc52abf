import { describe, expect, it } from 'vitest';
import { commentInput, postInput } from './post-input.ts';

const image = new URL('https://example.org/tortilla.jpg');
const read = (change: object) => postInput.safeParse({ body: 'Tortilla', ...change });
const complaintsOf = (change: object) => read(change).error?.issues.map(({ message }) => message);

describe('a post', () => {
  it('is kept as typed: markup is text like any other', () => {
    const body = '1 < 2 <b>tortilla</b> <script>alert(1)</script> I <3 it 👩‍🍳';
    expect(read({ body }).data?.body).toBe(body);
  });

  it('loses what cannot be seen, and line ends of other systems', () => {
    expect(read({ body: '\u0000 Tor\u202Etilla\r\n\r\n\r\n\r\nfor  two \r\n' }).data?.body).toBe(
      'Tortilla\n\nfor  two',
    );
  });

  it('is the same text whichever way its letters were composed', () => {
    expect(read({ body: 'pure\u0301e' }).data?.body).toBe('pur\u00E9e');
  });

  it('is tidied however long it is', () => {
    // work that grew with more than the length would take hours
    const body = `${' \n'.repeat(200_000)}a b${' '.repeat(500_000)}\nc${' \n'.repeat(200_000)}d`;
    expect(read({ body }).data?.body).toBe('a b\nc\n\nd');
    expect(complaintsOf({ body: `a${' '.repeat(500_000)}b` })).toEqual(['A post has at most 5000 characters.']);
  });

  it.each(['', ' \n\t ', '\u202E'])('of %j is refused as empty', body => {
    expect(complaintsOf({ body })).toEqual(['A post is empty.']);
  });

  it('has at most 5000 characters', () => {
    expect(read({ body: 'x'.repeat(5000) }).success).toBe(true);
    expect(complaintsOf({ body: 'x'.repeat(5001) })).toEqual(['A post has at most 5000 characters.']);
  });

  it('has at most 10 images', () => {
    expect(read({ images: Array.from({ length: 10 }, () => image) }).data?.images).toHaveLength(10);
    expect(complaintsOf({ images: Array.from({ length: 11 }, () => image) })).toEqual([
      'A post has at most 10 images.',
    ]);
  });

  it.each(['javascript:alert(1)', 'data:image/png;base64,AA', 'file:///etc/passwd'])(
    'shows no image from %s',
    address => {
      expect(complaintsOf({ images: [new URL(address)] })).toEqual(['An image is an http or https address.']);
    },
  );

  it('is about a recipe or a plan only by an id', () => {
    expect(read({ recipeId: '0123456789abcdef01234567', mealPlanId: null }).data).toMatchObject({
      recipeId: '0123456789abcdef01234567',
      mealPlanId: null,
    });
    expect(read({ recipeId: 'tortilla' }).success).toBe(false);
    expect(read({ mealPlanId: '{"$ne":null}' }).success).toBe(false);
  });
});

it('a comment has 1 to 2000 characters', () => {
  const postId = '0123456789abcdef01234567';
  expect(commentInput.safeParse({ postId, body: ' Yum ' }).data).toEqual({ postId, body: 'Yum', replyTo: null });
  expect(commentInput.safeParse({ postId, body: ' ' }).success).toBe(false);
  expect(commentInput.safeParse({ postId, body: 'x'.repeat(2001) }).success).toBe(false);
});
