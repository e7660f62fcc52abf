/** What stands in brackets; `early` when no word comes before it: "1 (16-ounce) bag". */
export type Bracket = { content: string; early: boolean };

const OPEN = '([{';
const CLOSE = ')]}';

/** Takes the bracketed parts out of a text; stray brackets vanish. Inner brackets stay inside their outer ones. */
export const takeBrackets = (text: string): { body: string; brackets: Bracket[] } => {
  const brackets: Bracket[] = [];
  let body = '';
  let inside = '';
  let depth = 0;
  for (const character of text) {
    if (OPEN.includes(character)) {
      if (depth++ === 0) continue;
      inside += ' ';
    } else if (CLOSE.includes(character)) {
      if (depth === 0 || --depth > 0) continue;
      brackets.push({ content: inside.trim(), early: !/\p{L}/u.test(body) });
      inside = '';
      if (!body.endsWith(' ')) body += ' ';
    } else if (depth > 0) inside += character;
    else if (!(character === ' ' && body.endsWith(' '))) body += character;
  }
  if (depth > 0) brackets.push({ content: inside.trim(), early: !/\p{L}/u.test(body) });
  return { body: body.replace(/ +(?=[,.;:])/g, '').trim(), brackets: brackets.filter(({ content }) => content !== '') };
};
