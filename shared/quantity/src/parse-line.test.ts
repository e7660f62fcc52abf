import { describe, expect, it } from 'vitest';
import { parseLine, parseLines } from './parse-line.ts';

const amountOf = (text: string) => {
  const { quantity, quantityMax, unit, food } = parseLine(text);
  return [quantity, quantityMax, unit, food];
};
const measure = (quantity: number, unit: string) => ({ quantity, quantityMax: null, unit });

describe('an ingredient line', () => {
  it.each([
    ['2-1/2 teaspoons salt', [2.5, null, 'teaspoon', 'salt']],
    ['1 1/2 - 2 cups flour', [1.5, 2, 'cup', 'flour']],
    ['½-1 teaspoon paprika', [0.5, 1, 'teaspoon', 'paprika']],
    ['4 - 5 cups Water', [4, 5, 'cup', 'Water']],
    ['1,5 dl cream', [1.5, null, 'deciliter', 'cream']],
    ['1,000 g flour', [1000, null, 'gram', 'flour']],
    ['~150g bacon cubes', [150, null, 'gram', 'bacon cubes']],
    ['One can of condensed milk.', [1, null, 'can', 'condensed milk']],
    ['A quarter of a pound of sugar.', [0.25, null, 'pound', 'sugar']],
    ['A pint and a half of milk', [1.5, null, 'pint', 'milk']],
    ['half a dozen eggs', [6, null, null, 'eggs']],
    ['1 or 2 onions', [1, 2, null, 'onions']],
    ['2 T butter', [2, null, 'tablespoon', 'butter']],
    ['2 t sugar', [2, null, 'teaspoon', 'sugar']],
    ['from 30g to 70g of sugar', [30, 70, 'gram', 'sugar']],
    ['1 tbsp. + 1 tsp. olive oil', [1.3333333333333, null, 'tablespoon', 'olive oil']],
    ['2 fl. oz. rum', [2, null, 'fluid ounce', 'rum']],
  ])('has its amount in any way of writing: %s', (text, wanted) => {
    expect(amountOf(text)).toEqual(wanted);
  });

  it.each([
    ['4 Garlic Cloves, minced', [4, null, 'clove', 'Garlic']],
    ['3 Fresh Medium Garlic Cloves', [3, null, 'clove', 'Fresh Garlic']],
    ['8 Cloves', [8, null, null, 'Cloves']],
    ['1 large bunch collard greens chopped into ribbons', [1, null, 'bunch', 'collard greens']],
    ['1 medium Yellow Onion', [1, null, null, 'Yellow Onion']],
    ['A bunch of fresh parsley', [1, null, 'bunch', 'fresh parsley']],
    ['pinch caster sugar', [null, null, 'pinch', 'caster sugar']],
    ['A few dashes each - Nutmeg; Cayenne; Paprika', [null, null, 'dash', 'Nutmeg; Cayenne; Paprika']],
    ['juice of 1 Lemon', [1, null, null, 'Lemon']],
    ['Salt to taste', [null, null, null, 'Salt']],
    ['Sugar 4 tablespoons', [4, null, 'tablespoon', 'Sugar']],
    ['Oat Flakes (270 g - 800 mL)', [270, null, 'gram', 'Oat Flakes']],
    ['Eggs: 5', [5, null, null, 'Eggs']],
    ['2-4% sea salt', [null, null, null, 'sea salt']],
    ['Chinese 5 Spice', [null, null, null, 'Chinese 5 Spice']],
  ])('has its unit and food: %s', (text, wanted) => {
    expect(amountOf(text)).toEqual(wanted);
  });

  it.each([
    ['2 x 400g tins chopped plum tomatoes', 2, 'can', measure(400, 'gram')],
    ['2 x 400g tinned chopped tomatoes', 2, 'can', measure(400, 'gram')],
    ['4 28 oz cans of whole tomatoes', 4, 'can', measure(28, 'ounce')],
    ['1 can (29 ounces) tomato puree', 1, 'can', measure(29, 'ounce')],
    ['1 (16-ounce) bag frozen mango cubes', 1, 'bag', measure(16, 'ounce')],
    ['1 bottle 700ml red wine', 1, 'bottle', measure(700, 'milliliter')],
    ['28 oz can Chickpeas', 28, 'ounce', null],
  ])('has the size of one package: %s', (text, quantity, unit, packageSize) => {
    expect(parseLine(text)).toMatchObject({ quantity, unit, packageSize });
  });

  it.each([
    ['1 pound (500g) spaghetti', measure(1, 'pound'), measure(500, 'gram')],
    ["100g/3½oz goats' cheese", measure(100, 'gram'), measure(3.5, 'ounce')],
    ['3 aubergines (900g)', measure(3, ''), measure(900, 'gram')],
    ['24 oz or 1 jar of sauce', measure(24, 'ounce'), measure(1, 'jar')],
  ])('said twice has the second amount as an alternative: %s', (text, first, second) => {
    const { quantity, unit, alternative } = parseLine(text);
    expect({ quantity, quantityMax: null, unit: unit ?? '' }).toEqual(first);
    expect(alternative).toEqual(second);
  });

  it('keeps what is done to the food apart from the food', () => {
    expect(parseLine('1 Tbsp Finely Chopped Italian Parsley')).toMatchObject({
      food: 'Italian Parsley',
      preparation: 'Finely Chopped',
    });
    expect(parseLine('2-1/2 pounds boneless, skinless chicken breasts, cut into 1-1/2-inch cubes')).toMatchObject({
      food: 'boneless, skinless chicken breasts',
      preparation: 'cut into 1 1/2 inch cubes',
    });
    expect(parseLine('800 g of minced lamb').food).toBe('minced lamb');
  });

  it('knows when it is optional, and when it only says "optionally"', () => {
    expect(parseLine('honey (optional)')).toMatchObject({ food: 'honey', optional: true, preparation: null });
    expect(parseLine('(Optional) 6 artichokes')).toMatchObject({ quantity: 6, food: 'artichokes', optional: true });
    expect(parseLine('1 vanilla bean (mark, optionally essence)').optional).toBe(false);
  });

  it('is surer of a plain line than of prose', () => {
    expect(parseLine('2 cups flour').confidence).toBe(1);
    expect(parseLine("if you don't have the spices you can also throw in 6 tea bags, or so").confidence).toBeLessThan(
      0.9,
    );
  });
});

describe('the lines of a recipe', () => {
  it('stand under their headings', () => {
    const lines = parseLines([
      '2 eggs',
      'For the sauce:',
      '1 cup milk',
      '## Topping',
      'nuts',
      '',
      'Optional:',
      'parmesan',
    ]);
    expect(lines.map(({ food, section, optional }) => [food, section, optional])).toEqual([
      ['eggs', null, false],
      ['milk', 'For the sauce', false],
      ['nuts', 'Topping', false],
      ['parmesan', 'Optional', true],
    ]);
  });

  it('with an amount are never headings', () => {
    expect(parseLines(['2 eggs:', 'Eggs: 5'])).toHaveLength(2);
  });
});
