const LETTERS_WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const MAX_LENGTH = 80;

/**
 * The part of an address that stands for a title: lower-case ASCII words joined by hyphens, at most 80 characters
 * ("Älplermagronen (Alpine macaroni)" gives "aelplermagronen-alpine-macaroni"). Never empty: a title without Latin
 * letters or digits gives `otherwise` ("recipe"). Whether the slug is free is for the caller to find out.
 */
export function slugOf(title: string, otherwise: string): string {
  const ascii = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, letter => LETTERS_WITHOUT_DECOMPOSITION[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[\p{Mark}'’]/gu, '');
  const slug = ascii.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (slug.length <= MAX_LENGTH) return slug === '' ? otherwise : slug;
  const cut = slug.slice(0, MAX_LENGTH + 1);
  const lastHyphen = cut.lastIndexOf('-');
  return lastHyphen > 0 ? cut.slice(0, lastHyphen) : cut.slice(0, MAX_LENGTH);
}
