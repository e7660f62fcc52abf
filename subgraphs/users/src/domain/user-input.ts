import { composedText } from '@mealprep360/contracts/composed-text';
import {
  allergen,
  dayOfWeek,
  measurementSystem,
  notificationChannel,
  restrictedDiet,
} from '@mealprep360/contracts/vocabulary';
import { z } from 'zod';

// What people write about themselves, cleaned and within bounds. Null means: as it was.

/** The form in which two e-mail addresses are compared. */
export const emailKey = (email: string): string => composedText(email, 'NFKC').toLowerCase();

/** The form in which a password is hashed, so that every keyboard writes the same one (NIST SP 800-63B, 5.1.1.2). */
export const passwordKey = (password: string): string => composedText(password, 'NFKC');

// RFC 5321, 4.5.3.1.3: a path has 256 octets, with its two brackets.
const email = z
  .string()
  .trim()
  .min(3, 'An e-mail address is needed.')
  .max(254, 'An e-mail address has at most 254 characters.');

const characters = (text: string): number => Array.from(text).length;

/**
 * At least 8 characters, as many as anybody types, and no rules on which: NIST SP 800-63B, 5.1.1.2. The upper bound
 * keeps hashing cheap. A character is a Unicode code point.
 */
const newPassword = z
  .string()
  .refine(password => characters(passwordKey(password)) >= 8, 'A password has at least 8 characters.')
  .refine(password => characters(passwordKey(password)) <= 200, 'A password has at most 200 characters.');

/** Any text: whether it is right is told by its hash alone. One too long to be right costs no hashing. */
const triedPassword = z.string().max(1000, 'A password has at most 200 characters.');

const controls = /\p{Cc}/u;
const line = (what: string, max: number) =>
  z
    .string()
    .transform(text => composedText(text).trim())
    .refine(text => text.length > 0, `${what} is not empty.`)
    .refine(text => characters(text) <= max, `${what} has at most ${max} characters.`)
    .refine(text => !controls.test(text), `${what} is one line of text.`);

const displayName = line('A name', 80);

const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'A time zone is a name of the IANA database, such as Pacific/Auckland.');

const locale = z
  .string()
  .max(60)
  .refine(isLocale, 'A locale is a BCP 47 language tag, such as en-NZ.')
  .transform(tag => Intl.getCanonicalLocales(tag)[0] ?? tag);

const avatar = z
  .union([z.string(), z.instanceof(URL)])
  .transform(String)
  .refine(url => /^https?:\/\//i.test(url), 'A picture has an http(s) address.')
  .refine(url => url.length <= 2000, 'The address of a picture has at most 2000 characters.');

const asItWas = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform(value => value ?? undefined);

/** Each once, in the order in which they came; `key` says which are the same. */
const distinct = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] =>
  [...new Map(items.toReversed().map(item => [key(item), item])).values()].toReversed();

const words = (what: string, each: z.ZodType<string>, max: number) =>
  asItWas(
    z
      .array(each)
      .max(max, `There are at most ${max} ${what}.`)
      .transform(all => distinct(all, word => word.toLowerCase())),
  );

const choices = <Choice extends string>(choice: z.ZodType<Choice>) =>
  asItWas(
    z
      .array(choice)
      .max(100)
      .transform(all => [...new Set(all)]),
  );

const channels = z
  .array(
    z.object({
      topic: z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/, 'A topic is a notification type, such as LIST_UPDATED.'),
      channel: notificationChannel,
      enabled: z.boolean(),
    }),
  )
  .max(100, 'There are at most 100 notification channels.')
  .refine(
    all => new Set(all.map(({ topic, channel }) => `${topic} ${channel}`)).size === all.length,
    'Each topic stands once for each channel.',
  );

export const signUpInput = z.object({
  email,
  password: newPassword,
  displayName,
  timeZone,
  locale: asItWas(locale),
});

export const signInInput = z.object({ email, password: triedPassword });

export const changePasswordInput = z.object({ currentPassword: triedPassword, newPassword });

export const deleteAccountInput = z.object({
  password: triedPassword,
  idempotencyKey: z.string().min(1, 'An idempotencyKey is not empty.').max(200),
});

/** Of the picture, null is a wish: it goes. */
export const profileInput = z.object({ displayName: asItWas(displayName), avatar: avatar.nullish() });

export const preferencesInput = z.object({
  diets: choices(restrictedDiet),
  allergens: choices(allergen),
  dislikedIngredients: words('disliked ingredients', line('An ingredient', 100), 100),
  favoriteCuisines: words('favorite cuisines', line('A cuisine', 60), 50),
  defaultServings: asItWas(
    z
      .int('Servings are a whole number.')
      .min(1, 'There is at least 1 serving.')
      .max(100, 'There are at most 100 servings.'),
  ),
  measurementSystem: asItWas(measurementSystem),
});

export const settingsInput = z.object({
  timeZone: asItWas(timeZone),
  locale: asItWas(locale),
  weekStartsOn: asItWas(dayOfWeek),
  notificationChannels: asItWas(channels),
});

// Intl also takes offsets (+12:00), which know nothing of summer time.
function isTimeZone(name: string): boolean {
  try {
    return (
      /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
