import { expect, it } from 'vitest';
import { readRefreshToken, writeRefreshToken } from './refresh-token.ts';

const token = {
  sessionId: '0b0e0a51-6f0c-4a4e-8f0f-1a2b3c4d5e6f',
  family: 'AbCdEfGhIjKlMnOpQrStUv',
  secret: 'a'.repeat(43),
};

it('a refresh token is read back as it was written', () => {
  expect(readRefreshToken(writeRefreshToken(token))).toEqual(token);
});

it.each([
  '',
  'x',
  `${token.sessionId}.${token.family}`,
  `${writeRefreshToken(token)}x`,
  `{"$ne":1}.${token.family}.${token.secret}`,
])('the text "%s" is no refresh token', text => {
  expect(readRefreshToken(text)).toBeNull();
});
