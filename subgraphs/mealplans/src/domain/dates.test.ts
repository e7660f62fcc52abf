import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayCount, daysOf, plusDays, todayIn } from './dates.ts';

const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const day = instant.map(date => date.toISOString().slice(0, 10));

describe('the days of a plan', () => {
  it('counts a single day as one, and a leap day as a day', () => {
    expect(daysOf('2026-11-23', '2026-11-23')).toEqual(['2026-11-23']);
    expect(daysOf('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  });

  it('has none when it ends before it starts', () => {
    expect(dayCount('2026-11-23', '2026-11-22')).toBe(0);
    expect(daysOf('2026-11-23', '2026-11-20')).toEqual([]);
  });

  it('goes on where adding days leads', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 61 }), (start, more) => {
        const days = daysOf(start, plusDays(start, more));
        expect(days).toHaveLength(more + 1);
        expect(days.at(-1)).toBe(plusDays(start, more));
        expect(new Set(days).size).toBe(days.length);
        expect(days.toSorted()).toEqual(days);
      }),
    );
  });

  it('ends with the calendar', () => {
    expect(() => plusDays('9999-12-31', 1)).toThrow(RangeError);
  });
});

describe('today', () => {
  it('is never the same day on Kiritimati and in Pago Pago', () => {
    fc.assert(
      fc.property(instant, now => {
        const [east, west] = [todayIn('Pacific/Kiritimati', now), todayIn('Pacific/Pago_Pago', now)];
        expect(east > west).toBe(true);
        expect([2, 3]).toContain(dayCount(west, east));
      }),
    );
  });

  it('begins at the midnight of the zone, also when clocks change', () => {
    expect(todayIn('Pacific/Auckland', new Date('2026-11-22T10:59:59Z'))).toBe('2026-11-22');
    expect(todayIn('Pacific/Auckland', new Date('2026-11-22T11:00:00Z'))).toBe('2026-11-23');
    expect(todayIn('Pacific/Auckland', new Date('2026-07-22T11:00:00Z'))).toBe('2026-07-22');
  });

  it('is unknown in a zone that does not exist', () => {
    expect(() => todayIn('Atlantis/Capital', new Date(0))).toThrow(RangeError);
  });
});
