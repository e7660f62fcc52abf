import { htmlFromText } from './plain-text.ts';
import { NUTRIENT_UNITS, NUTRIENTS, type RecipeDraft } from './recipe-draft.ts';

type Exported = Omit<RecipeDraft, 'recipeCategory'> & { recipeCategory: readonly string[] };

/**
 * A recipe as schema.org JSON-LD, which imports again without loss. Its texts are HTML-encoded and it holds no "<",
 * so it can stand in a page's script element as it is.
 */
export function toJsonLd(recipe: Exported): string {
  const document = {
    '@context': 'https://schema.org',
    '@type': 'Recipe',
    name: htmlFromText(recipe.title),
    description: encoded(recipe.description),
    image: unlessEmpty(recipe.image),
    recipeYield: encoded(recipe.recipeYield),
    prepTime: recipe.prepTime ?? undefined,
    cookTime: recipe.cookTime ?? undefined,
    totalTime: recipe.totalTime ?? undefined,
    recipeIngredient: recipe.recipeIngredient.map(htmlFromText),
    recipeInstructions: instructions(recipe.recipeInstructions),
    recipeCategory: unlessEmpty(recipe.recipeCategory.map(htmlFromText)),
    recipeCuisine: unlessEmpty(recipe.recipeCuisine.map(htmlFromText)),
    keywords: recipe.keywords.length === 0 ? undefined : recipe.keywords.map(htmlFromText).join(', '),
    nutrition: nutrition(recipe.nutrition),
    datePublished: recipe.datePublished ?? undefined,
    url: recipe.sourceUrl ?? undefined,
    creditText: encoded(recipe.creditText),
    license: recipe.license ?? undefined,
  };
  return JSON.stringify(document).replaceAll('<', '\\u003c');
}

const encoded = (text: string | null): string | undefined => (text === null ? undefined : htmlFromText(text));

const unlessEmpty = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length === 0 ? undefined : items;

function instructions(sections: RecipeDraft['recipeInstructions']): object[] {
  return sections.flatMap((section, index): object[] => {
    const steps = section.steps.map(({ text, image }) => ({
      '@type': 'HowToStep',
      text: htmlFromText(text),
      image: image ?? undefined,
    }));
    // Two sections without a name in a row would become one if both were written as mere steps.
    const isLoose = section.name === null && sections[index - 1]?.name !== null;
    return isLoose ? steps : [{ '@type': 'HowToSection', name: encoded(section.name), itemListElement: steps }];
  });
}

function nutrition(figures: RecipeDraft['nutrition']): object | undefined {
  if (figures === null) return undefined;
  const amounts = NUTRIENTS.flatMap(nutrient => {
    const amount = figures[nutrient];
    return amount === null ? [] : [[nutrient, `${amount} ${NUTRIENT_UNITS[nutrient]}`] as const];
  });
  return { '@type': 'NutritionInformation', servingSize: encoded(figures.servingSize), ...Object.fromEntries(amounts) };
}
