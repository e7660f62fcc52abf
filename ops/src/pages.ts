import { InvalidArgumentError, Option } from 'commander';

interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/** Reads a long list a page at a time, at most `limit` rows of it; `more` tells whether there are others. */
export async function pages<Row>(
  limit: number,
  read: (page: { limit: number; after?: string }) => Promise<Page<Row>>,
): Promise<{ rows: Row[]; more: boolean }> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: Page<Row> = await read({ limit: Math.min(200, limit - rows.length), ...(after !== null && { after }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < limit);
  return { rows, more: after !== null };
}

export const limitOption = (): Option =>
  new Option('--limit <count>', 'at most so many of each service').default(50).argParser(text => {
    if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0.');
    return Number(text);
  });
