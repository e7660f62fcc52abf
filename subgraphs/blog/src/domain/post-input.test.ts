import { describe, expect, test } from 'vitest';
import { postInput } from './post-input.ts';

const post = { title: 'Soup', bodyMarkdown: 'Hot.' };
const read = (changes: object) => postInput.safeParse({ ...post, ...changes });
const faults = (changes: object) =>
  (read(changes).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a post as it is given', () => {
  test('needs no more than a title and a text', () => {
    expect(read({}).data).toEqual({
      ...post,
      excerpt: null,
      categoryId: null,
      tags: [],
      recipeIds: [],
      heroImage: null,
    });
  });

  test('has each tag and each recipe once, in order, without a hash', () => {
    const [first, second] = ['0123456789abcdef01234567', '0123456789abcdef01234568'];
    const { data } = read({
      tags: [' Soup ', '#quick', 'SOUP', '# Quick', 'Ｓｏｕｐ'],
      recipeIds: [first, second, first],
    });
    expect(data?.tags).toEqual(['Soup', 'quick']);
    expect(data?.recipeIds).toEqual([first, second]);
  });

  test('keeps its text as it was written, but for what cannot be seen', () => {
    const { data } = read({ title: ' A\u202e  <b>\n soup\u0000 ', bodyMarkdown: '\uFEFF# A\r\n\r\n    code\u0007\n' });
    expect(data?.title).toBe('A <b> soup');
    expect(data?.bodyMarkdown).toBe('# A\n\n    code');
  });

  test('takes an address of the graph as text', () => {
    expect(read({ heroImage: new URL('https://example.org/a b.png') }).data?.heroImage).toBe(
      'https://example.org/a%20b.png',
    );
  });

  test('without an excerpt, and with an empty one, is the same', () => {
    expect(read({ excerpt: '  ' }).data?.excerpt).toBeNull();
  });
});

test.each([
  ['an empty title', { title: ' \u202e\n' }, 'title: The title is empty.'],
  ['a long title', { title: 'x'.repeat(201) }, 'title: The title has at most 200 characters.'],
  ['an empty text', { bodyMarkdown: '\n \u0000' }, 'bodyMarkdown: The text is empty.'],
  ['a long text', { bodyMarkdown: 'x'.repeat(50_001) }, 'bodyMarkdown: The text has at most 50000 characters.'],
  ['a long excerpt', { excerpt: 'x'.repeat(501) }, 'excerpt: An excerpt has at most 500 characters.'],
  [
    'too many tags',
    { tags: Array.from({ length: 11 }, (_, index) => `t${index}`) },
    'tags: A post has at most 10 tags.',
  ],
  ['an empty tag', { tags: ['soup', ' # '] }, 'tags.1: A tag is empty.'],
  ['a long tag', { tags: ['x'.repeat(51)] }, 'tags.0: A tag has at most 50 characters.'],
  ['a recipe that is no id', { recipeIds: ['$ne'] }, 'recipeIds.0: This is no id: an id has 24 hexadecimal digits.'],
  [
    'too many recipes',
    { recipeIds: Array(21).fill('0123456789abcdef01234567') },
    'recipeIds: A post names at most 20 recipes.',
  ],
  [
    'a picture of another scheme',
    { heroImage: 'javascript:alert(1)' },
    'heroImage: This is not an http or https address.',
  ],
  [
    'a picture with a long address',
    { heroImage: `https://example.org/${'x'.repeat(2048)}` },
    'heroImage: An address has at most 2048 characters.',
  ],
  ['a category that is no id', { categoryId: 'soups' }, 'categoryId: This is no id: an id has 24 hexadecimal digits.'],
])('%s is refused by name', (_, changes, fault) => {
  expect(faults(changes)).toEqual([fault]);
});
