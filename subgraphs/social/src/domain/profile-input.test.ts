import { describe, expect, it } from 'vitest';
import { handle, handlesOf } from './handle.ts';
import { profileInput } from './profile-input.ts';

describe('a handle', () => {
  it.each([
    ['ana', 'ana'],
    ['  Ana_Cooks_2026 ', 'ana_cooks_2026'],
    ['x'.repeat(30), 'x'.repeat(30)],
  ])('%j is kept as %j', (given, kept) => {
    expect(handle.parse(given)).toBe(kept);
  });

  // The last two begin with a Kelvin sign and a Cyrillic letter.
  it.each(['', 'an', 'x'.repeat(31), 'ana-cooks', 'ana cooks', 'ána', '@ana', '\u212Aate', '\u0430na'])(
    '%j is refused',
    given => {
      expect(handle.safeParse(given).success).toBe(false);
    },
  );
});

describe('the handles of who has not chosen one', () => {
  const digest = '0123456789abcdef'.repeat(4);

  it('are handles like those that people choose, each longer than the one before', () => {
    const handles = handlesOf(digest);
    expect(handles[0]).toBe('cook_012345');
    expect(handles.map(given => handle.parse(given))).toEqual(handles);
    expect(new Set(handles.map(({ length }) => length)).size).toBe(handles.length);
  });
});

describe('what is changed of a profile', () => {
  it('is only what is given', () => {
    expect(profileInput.parse({})).toEqual({ handle: undefined, bio: undefined });
    expect(profileInput.parse({ handle: null, bio: null })).toEqual({ handle: undefined, bio: null });
  });

  it('clears the bio by an empty one', () => {
    expect(profileInput.parse({ bio: '  ' }).bio).toBeNull();
  });

  it('has a bio of at most 500 characters', () => {
    expect(profileInput.safeParse({ bio: 'x'.repeat(501) }).success).toBe(false);
  });
});
