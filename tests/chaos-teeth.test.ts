import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { injectors } from './chaos/faults/all.ts';
import { storms } from './chaos/teeth/storms.ts';
import { rivals, safeguards } from './chaos/teeth/teeth.ts';
import { edited } from './chaos/teeth/tooth.ts';

describe.each([...rivals, ...safeguards])('the tooth "$name"', tooth => {
  const { name, edits, rivals: others = [] } = tooth;

  it('changes the source as it is now', () => {
    const files = new Set(edits.map(({ file }) => file));
    const unchanged = [...files].filter(file => {
      const text = readFileSync(file, 'utf8');
      return edited(tooth, file, text) === text;
    });
    expect(unchanged, name).toEqual([]);
  });

  it('replaces files that are there by files that are there', () => {
    const missing = others.flatMap(({ file, by }) => [file, join('tests/chaos/teeth/rivals', by)]);
    expect(missing.filter(file => !existsSync(file))).toEqual([]);
  });

  it('expects what the checker looks for', () => {
    const checker = readFileSync('tests/chaos/checker/check.ts', 'utf8');
    expect(tooth.breaks.length).toBeGreaterThan(0);
    expect(tooth.breaks.filter(broken => !checker.includes(`'${broken}':`))).toEqual([]);
  });
});

it('an edit of text that is not there, or there twice, names its tooth and file', () => {
  const edit = { file: 'relay.ts', find: 'once', replace: 'never' };
  const tooth = { name: 'a', without: 'b', storm: 'calm', breaks: [], edits: [edit] } as const;
  expect(edited(tooth, 'relay.ts', 'once and $& again')).toBe('never and $& again');
  expect(() => edited(tooth, 'relay.ts', 'twice')).toThrow(/"a": relay\.ts has 0 times/);
  expect(() => edited(tooth, 'relay.ts', 'once, once')).toThrow(/"a": relay\.ts has 2 times/);
});

it('storms are of kinds of faults that there are', () => {
  expect(Object.values(storms).flatMap(({ kinds }) => kinds.filter(kind => !(kind in injectors)))).toEqual([]);
});

it('every safeguard has a tooth, and so have the bus of the strategy and the textbook', () => {
  expect(safeguards.map(({ name }) => name)).toEqual([
    ...['checkpoint compare-and-set', 'gap fetch', 'tombstone', 'remembered undo', 'unique seq', 'stream ids'],
  ]);
  expect(rivals.map(({ name }) => name)).toEqual(['pub/sub bus', 'consumer group']);
});
