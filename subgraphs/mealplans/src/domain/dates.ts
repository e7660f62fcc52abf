import { DateTime } from 'luxon';

// Days are 'YYYY-MM-DD' and belong to no time zone, so they are reckoned in UTC, where every day has 24 hours.

const at = (date: string): DateTime => DateTime.fromISO(date, { zone: 'utc' });

/** The day that many days later (or earlier, when negative); throws a RangeError beyond the year 9999. */
export function plusDays(date: string, days: number): string {
  const there = at(date).plus({ days });
  const written = there.toISODate();
  if (written?.length !== 10) throw new RangeError(`${days} days from ${date} there is no calendar day`);
  return written;
}

/** How many days from one to the other, both counted; 0 or less when the end is before the start. */
export const dayCount = (startDate: string, endDate: string): number =>
  Math.round(at(endDate).diff(at(startDate), 'days').days) + 1;

/** Every day from one to the other, both included. */
export const daysOf = (startDate: string, endDate: string): string[] =>
  Array.from({ length: dayCount(startDate, endDate) }, (_, index) => plusDays(startDate, index));

/** The day that it is in a time zone (IANA name) at an instant; throws a RangeError for a zone that does not exist. */
export function todayIn(timeZone: string, now: Date): string {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).toISODate();
  if (today === null) throw new RangeError(`${timeZone} is not a time zone`);
  return today;
}
