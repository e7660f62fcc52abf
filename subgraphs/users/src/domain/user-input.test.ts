import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  changePasswordInput,
  emailKey,
  passwordKey,
  preferencesInput,
  profileInput,
  settingsInput,
  signUpInput,
} from './user-input.ts';

const good = {
  email: 'ana@example.org',
  password: 'seven words are more than enough',
  displayName: 'Ana',
  timeZone: 'Pacific/Auckland',
};
const channel = { topic: 'LIST_UPDATED', channel: 'EMAIL', enabled: false };

describe('what people write about themselves', () => {
  it('is cleaned', () => {
    const read = signUpInput.parse({
      ...good,
      email: ' ana@example.org ',
      displayName: ' Ana\u0301 ',
      locale: 'en-nz',
    });
    expect(read).toMatchObject({ email: 'ana@example.org', displayName: 'An\u00e1', locale: 'en-NZ' });
    const words = preferencesInput.parse({
      dislikedIngredients: [' Celery', 'celery ', 'Beetroot'],
      diets: ['VEGAN', 'VEGAN'],
    });
    expect(words).toMatchObject({ dislikedIngredients: ['Celery', 'Beetroot'], diets: ['VEGAN'] });
  });

  it('leaves what is null as it was, but for the picture, which goes', () => {
    expect(profileInput.parse({ displayName: null, avatar: null })).toEqual({ displayName: undefined, avatar: null });
    expect(preferencesInput.parse({ diets: null }).diets).toBeUndefined();
  });

  it.each<[string, z.ZodType, object, RegExp]>([
    ['a short password', signUpInput, { ...good, password: 'sevenn7' }, /at least 8/],
    ['a password of four emoji', signUpInput, { ...good, password: '🥕🥕🥕🥕' }, /at least 8/],
    ['a long password', signUpInput, { ...good, password: 'x'.repeat(201) }, /at most 200/],
    ['a short new password', changePasswordInput, { currentPassword: 'x', newPassword: '1234567' }, /at least 8/],
    ['an empty name', signUpInput, { ...good, displayName: '   ' }, /not empty/],
    ['a long name', profileInput, { displayName: 'x'.repeat(81) }, /at most 80/],
    ['a name of two lines', profileInput, { displayName: 'Ana\nBob' }, /one line/],
    ['a time zone that is none', signUpInput, { ...good, timeZone: 'Pacific/Atlantis' }, /IANA/],
    ['a time zone that knows no summer', settingsInput, { timeZone: '+12:00' }, /IANA/],
    ['a locale that is none', settingsInput, { locale: 'e' }, /BCP 47/],
    ['a picture that runs', profileInput, { avatar: 'javascript:alert(1)' }, /http/],
    ['a long address', signUpInput, { ...good, email: `${'a'.repeat(250)}@b.example` }, /at most 254/],
    ['no servings', preferencesInput, { defaultServings: 0 }, /at least 1/],
    ['a party of 101', preferencesInput, { defaultServings: 101 }, /at most 100/],
    ['half a serving', preferencesInput, { defaultServings: 1.5 }, /whole/],
    [
      '101 dislikes',
      preferencesInput,
      { dislikedIngredients: Array.from({ length: 101 }, (_, i) => `food ${i}`) },
      /at most 100/,
    ],
    [
      '101 channels',
      settingsInput,
      { notificationChannels: Array.from({ length: 101 }, (_, i) => ({ ...channel, topic: `T${i}` })) },
      /at most 100/,
    ],
    ['a channel twice', settingsInput, { notificationChannels: [channel, { ...channel, enabled: true }] }, /once/],
    [
      'a topic with markup',
      settingsInput,
      { notificationChannels: [{ ...channel, topic: '<b>' }] },
      /notification type/,
    ],
  ])('is refused for %s', (_, schema, input, message) => {
    const read = schema.safeParse(input);
    expect(read.success).toBe(false);
    expect(read.error?.issues.map(issue => issue.message).join()).toMatch(message);
  });

  it('takes a password of 8 and one of 200 characters, of any script', () => {
    for (const password of ['correct8', 'пароль из слов', '🥕'.repeat(200)]) {
      expect(signUpInput.safeParse({ ...good, password }).success).toBe(true);
    }
  });
});

describe('what is compared', () => {
  it('is one address in whichever case and width it was typed', () => {
    expect(emailKey('ANA@Example.ORG')).toBe(emailKey('ana@example.org'));
    expect(emailKey('ａna@example.org')).toBe('ana@example.org');
  });

  it('is one password on whichever keyboard it was typed', () => {
    expect(passwordKey('pässword')).toBe(passwordKey('pa\u0308ssword'));
  });
});
