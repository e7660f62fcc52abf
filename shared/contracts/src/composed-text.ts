// Unicode's Stream-Safe Text Format: no language stacks more marks on a letter, and composing a run of them takes a time
// that grows with the square of its length.
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Text in one of Unicode's normal forms, in a time linear in its length; of marks in a row the first 30 are kept. */
export const composedText = (text: string, form: 'NFC' | 'NFKC' = 'NFC'): string =>
  text.replace(TOO_MANY_MARKS, '$1').normalize(form);
