import { expect, test } from 'vitest';
import { statusOf } from './post-status.ts';

const now = new Date('2026-11-23T12:00:00Z');
const before = new Date('2026-11-23T11:59:59.999Z');
const after = new Date('2026-11-23T12:00:00.001Z');

test.each([
  [{ publishAt: null, archived: false }, 'DRAFT'],
  [{ publishAt: after, archived: false }, 'SCHEDULED'],
  [{ publishAt: now, archived: false }, 'PUBLISHED'],
  [{ publishAt: before, archived: false }, 'PUBLISHED'],
  [{ publishAt: before, archived: true }, 'ARCHIVED'],
  [{ publishAt: after, archived: true }, 'ARCHIVED'],
])('%j is %s', (publication, status) => {
  expect(statusOf(publication, now)).toBe(status);
});
