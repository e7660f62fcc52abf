import { crashPoints } from '@mealprep360/events/crash-points';
import { beforeAll, describe, expect, it } from 'vitest';
import { crashes } from './crashes/groups.ts';
import { reportOf, type Result } from './report.ts';
import { runChaos } from './run.ts';

const seed = 20_261_123;
let result: Result;

beforeAll(async () => {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  result = await runChaos({ seed, sagas: 300, faults: 19, crashes, say });
  process.stderr.write(reportOf(result));
}, 900_000);

describe('people use a house in which things break', () => {
  it('each crash point was reached by a process that died there', () => {
    const reached = new Set(result.crashes.map(point => point.split(':')[0]));
    expect(Object.keys(crashPoints).filter(point => !reached.has(point))).toEqual([]);
  });

  it('at least 300 sagas met at least 40 faults of at least 8 kinds', () => {
    expect(result.plans.asked).toBeGreaterThanOrEqual(300);
    expect(result.faults.length + result.crashes.length).toBeGreaterThanOrEqual(40);
    expect(new Set(result.faults.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(8);
  });

  it('and afterwards nothing is under way', () => {
    expect(result.open).toEqual([]);
  });

  it('nothing is lost, doubled, out of order or half done', () => {
    const broken = Object.fromEntries(Object.entries(result.violations).filter(([, found]) => found.length > 0));
    expect(broken).toEqual({});
  });

  it('at least 95 of 100 plans that were asked for came to be', () => {
    expect(result.plans.active / result.plans.asked).toBeGreaterThanOrEqual(0.95);
  });
});
