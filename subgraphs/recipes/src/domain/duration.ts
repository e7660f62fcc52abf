const ISO_DURATION =
  /^P(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+(?:\.\d+)?)H)?(?:(?<minutes>\d+(?:\.\d+)?)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/i;

/** No recipe takes longer than this: 30 days. */
export const MAX_DURATION_MINUTES = 30 * 24 * 60;

/**
 * The whole minutes of an ISO 8601 duration (seconds rounded), or null when the text is none. Years and months have no
 * fixed length: a duration with any is not read.
 */
export function minutesOf(duration: string): number | null {
  const parts = ISO_DURATION.exec(duration.trim())?.groups;
  if (parts === undefined || !/\d/.test(duration)) return null;
  const count = (name: string): number => Number(parts[name] ?? 0);
  if (count('years') > 0 || count('months') > 0) return null;
  const days = count('weeks') * 7 + count('days');
  const minutes = Math.round((days * 24 + count('hours')) * 60 + count('minutes') + count('seconds') / 60);
  return Number.isSafeInteger(minutes) ? minutes : null;
}

/** The one spelling in which durations are stored: hours and minutes, as in PT10M, PT1H, PT1H15M, PT48H, PT0M. */
export function durationOf(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours === 0 ? `PT${rest}M` : rest === 0 ? `PT${hours}H` : `PT${hours}H${rest}M`;
}

type RepairedDuration = { duration: string; minutes: number; repaired: boolean };

/**
 * Reads what real pages write where a duration belongs. Right ISO 8601 is taken as it is; known slips are repaired and
 * marked: minutes written as seconds (PT45S) or as months (P20M), plain words ("1 hour 15 min") and bare numbers
 * (minutes). Null when nothing sensible can be read or it is longer than 30 days.
 */
export function repairDuration(written: string): RepairedDuration | null {
  const text = written.trim().slice(0, 100);
  const slip = minutesWrittenWrong(text);
  const minutes = slip ?? minutesOf(text) ?? minutesInWords(text);
  if (minutes === null || minutes > MAX_DURATION_MINUTES) return null;
  const repaired = slip !== null || minutesOf(text) === null;
  return { duration: durationOf(minutes), minutes, repaired };
}

// From ten minutes on (PT1800S) seconds are believed: some sites do count in them.
const BELIEVABLE_SECONDS = 600;

function minutesWrittenWrong(text: string): number | null {
  const onlySeconds = /^P(?:0[YMWD])*T(?:0H)?(?:0M)?(\d+)S$/i.exec(text);
  if (onlySeconds !== null) {
    const value = Number(onlySeconds[1]);
    return value > 0 && value < BELIEVABLE_SECONDS ? value : null;
  }
  const onlyMonths = /^P(?:0Y)?(\d+)M$/i.exec(text);
  return onlyMonths === null ? null : Number(onlyMonths[1]);
}

const WORDS =
  /^(?:about |approx\.? |ca\.? )?(?:(?<days>\d+) ?(?:days?|d))?[ ,]*(?:and )?(?:(?<hours>\d+(?:\.\d+)?) ?(?:hours?|hrs?|h)\.?)?[ ,]*(?:and )?(?:(?<minutes>\d+) ?(?:minutes?|mins?|m)\.?)?$/i;

function minutesInWords(text: string): number | null {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(text);
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2]);
  const parts = WORDS.exec(text.replace(/\s+/g, ' '))?.groups;
  if (parts === undefined || !/\d/.test(text)) return null;
  return Math.round((Number(parts.days ?? 0) * 24 + Number(parts.hours ?? 0)) * 60 + Number(parts.minutes ?? 0));
}

/**
 * How long a recipe takes in all, in minutes: its totalTime, else the sum of prepTime and cookTime when both are known,
 * else null (one of two parts is not the whole).
 */
export function totalMinutesOf(times: {
  prepTime: string | null;
  cookTime: string | null;
  totalTime: string | null;
}): number | null {
  const total = times.totalTime === null ? null : minutesOf(times.totalTime);
  if (total !== null) return total;
  const prep = times.prepTime === null ? null : minutesOf(times.prepTime);
  const cook = times.cookTime === null ? null : minutesOf(times.cookTime);
  return prep === null || cook === null ? null : prep + cook;
}
