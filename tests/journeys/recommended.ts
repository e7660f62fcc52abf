import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { signUp, type Client } from './client.ts';

interface Label {
  url: string;
  vegetarian: 'yes' | 'no' | 'depends';
  peanut: 'yes' | 'no' | 'possible';
}

/** What people say of shipped recipes, by hand. */
export const labels = readFileSync('dev-env/data/diet-labels.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Label);

export interface Recommended {
  reasons: string[];
  node: {
    id: string;
    title: string;
    sourceUrl: string | null;
    suitableForDiet: string[];
    allergens: { allergen: string }[];
  };
}

interface Answered {
  page: {
    edges: Recommended[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
  /** of the errors */
  codes: (string | undefined)[];
}

/** Ana as the screens meet her: a vegetarian with a peanut allergy, in the time zone of the test's own today. */
export async function vegetarian(graph: string): Promise<Client> {
  const person = await signUp(graph, 'Ana', 'UTC');
  await prefer(person, { diets: ['VEGETARIAN'], allergens: ['PEANUTS'] });
  return person;
}

export async function prefer(person: Client, input: { diets: string[]; allergens: string[] }): Promise<void> {
  const { updatePreferences } = await person.ask(
    `mutation($input: UpdatePreferencesInput!) {
      updatePreferences(input: $input) { user { preferences { diets allergens } } userErrors { code } }
    }`,
    { input },
  );
  expect(updatePreferences).toEqual({ user: { preferences: input }, userErrors: [] });
}

/** Why the first of what is recommended is: it suits the diets, and none of the allergens were found in it. */
export const reasonsNow = async (person: Client): Promise<string[] | undefined> =>
  (await recommendations(person, 1)).page?.edges[0]?.reasons;

/** One page of what is recommended, whether there is one or not. */
export async function recommendations(person: Client, first = 20, after: string | null = null): Promise<Answered> {
  const { data, errors = [] } = await person.send(
    `query($first: Int!, $after: String) { me { recommendedRecipes(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { reasons node { id title sourceUrl suitableForDiet allergens { allergen } } }
    } } }`,
    { first, after },
  );
  return { page: data.me.recommendedRecipes, codes: errors.map(({ extensions }) => extensions?.code) };
}

/** All that is recommended, page by page to the end. */
export async function allRecommended(person: Client): Promise<Recommended[]> {
  const all: Recommended[] = [];
  let after: string | null = null;
  for (;;) {
    const { page, codes } = await recommendations(person, 20, after);
    expect(codes).toEqual([]);
    if (page === null) throw new Error('there are no recommendations');
    all.push(...page.edges);
    after = page.pageInfo.endCursor;
    if (page.pageInfo.hasNextPage) continue;
    expect(all).toHaveLength(page.totalCount);
    return all;
  }
}

/** Those that break a diet or hold an allergen, by what the graph itself says of them. */
export const breaking = (
  edges: Recommended[],
  { diets, allergens }: { diets: string[]; allergens: string[] },
): Recommended[] =>
  edges.filter(
    ({ node }) =>
      diets.some(diet => !node.suitableForDiet.includes(diet)) ||
      allergens.some(allergen => node.allergens.some(finding => finding.allergen === allergen)),
  );
