import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationOf, MAX_DURATION_MINUTES, minutesOf, repairDuration, totalMinutesOf } from './duration.ts';

test.each([
  ['PT10M', 10],
  ['PT1H15M', 75],
  ['PT0M', 0],
  ['P1D', 1440],
  ['P1DT2H', 1560],
  ['P2W', 20160],
  ['PT1.5H', 90],
  ['P0Y0M0DT0H10M0.000S', 10],
  ['PT90S', 2],
])('%s is %d minutes', (duration, minutes) => {
  expect(minutesOf(duration)).toBe(minutes);
});

test.each(['', 'P', 'PT', 'P1Y', 'P2M', '10 minutes', 'PT-5M', `PT${'9'.repeat(400)}H`])(
  '%j is no duration of a known length',
  text => {
    expect(minutesOf(text)).toBeNull();
  },
);

test('a stored duration says the same minutes again', () => {
  fc.assert(
    fc.property(fc.nat({ max: MAX_DURATION_MINUTES }), minutes => {
      expect(minutesOf(durationOf(minutes))).toBe(minutes);
    }),
  );
  expect([0, 59, 60, 75, 2880].map(durationOf)).toEqual(['PT0M', 'PT59M', 'PT1H', 'PT1H15M', 'PT48H']);
});

describe('durations as real pages write them', () => {
  test.each([
    ['PT45S', 'PT45M'],
    ['PT75S', 'PT1H15M'],
    ['P20M', 'PT20M'],
    ['1 hour 15 min', 'PT1H15M'],
    ['2 hrs', 'PT2H'],
    ['45', 'PT45M'],
    ['1:30', 'PT1H30M'],
  ])('%s means %s and is marked as repaired', (written, duration) => {
    expect(repairDuration(written)).toMatchObject({ duration, repaired: true });
  });

  test.each([
    ['PT1H75M', 'PT2H15M'],
    ['PT1800S', 'PT30M'],
    ['PT0S', 'PT0M'],
    ['P0Y0M0DT0H10M0.000S', 'PT10M'],
  ])('%s is taken as it is: %s', (written, duration) => {
    expect(repairDuration(written)).toMatchObject({ duration, repaired: false });
  });

  test.each(['a while', '', '-10', 'P40D', '30-45 minutes'])('nothing sensible is read from %j', written => {
    expect(repairDuration(written)).toBeNull();
  });
});

test('the total is what the recipe says, else the sum of both parts, else unknown', () => {
  expect(totalMinutesOf({ prepTime: 'PT10M', cookTime: 'PT20M', totalTime: 'PT1H' })).toBe(60);
  expect(totalMinutesOf({ prepTime: 'PT10M', cookTime: 'PT20M', totalTime: null })).toBe(30);
  expect(totalMinutesOf({ prepTime: 'PT10M', cookTime: null, totalTime: null })).toBeNull();
});
