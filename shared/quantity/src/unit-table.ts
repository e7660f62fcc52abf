// Canonical unit, then the spellings found in recipes (the name and its plural are understood).
// Matching ignores case, except that T is a tablespoon and t a teaspoon.

/** Name, symbol, the unit's name in the `convert` package, further spellings. */
export const MASS_UNITS: readonly (readonly [
  name: string,
  symbol: string,
  source: 'g' | 'kg' | 'mg' | 'oz' | 'lb',
  also: string,
])[] = [
  ['gram', 'g', 'g', 'gr grs gm gms gramme grammes'],
  ['kilogram', 'kg', 'kg', 'kgs kilo kilos kilogramme kilogrammes'],
  ['milligram', 'mg', 'mg', ''],
  ['ounce', 'oz', 'oz', 'ozs'],
  ['pound', 'lb', 'lb', 'lbs'],
];

export const VOLUME_UNITS: readonly (readonly [
  name: string,
  symbol: string,
  source: 'ml' | 'cl' | 'dl' | 'l' | 'tsp' | 'tbsp' | 'cup' | 'fl oz' | 'pint' | 'quart' | 'gallon' | 'imperial pint',
  also: string,
])[] = [
  ['milliliter', 'ml', 'ml', 'mls millilitre millilitres mililiter mililiters cc'],
  ['centiliter', 'cl', 'cl', 'cls centilitre centilitres'],
  ['deciliter', 'dl', 'dl', 'dls decilitre decilitres'],
  ['liter', 'l', 'l', 'lt ltr ltrs litre litres'],
  ['teaspoon', 'tsp', 'tsp', 't tsps teasp teaspoonful teaspoonfuls tea-spoonful tea-spoonfuls'],
  [
    'tablespoon',
    'tbsp',
    'tbsp',
    'T tbsps tbs tb tbl tbls tblsp tblsps tablespoonful tablespoonfuls table-spoonful table-spoonfuls',
  ],
  ['cup', 'cup', 'cup', 'c cupful cupfuls'],
  ['fluid ounce', 'fl oz', 'fl oz', 'floz'],
  ['pint', 'pint', 'pint', 'pt pts'],
  ['quart', 'qt', 'quart', 'qt qts'],
  ['gallon', 'gal', 'gallon', 'gals'],
];

/** Units only ever written, never read: "pint" in a line is the US one. */
export const IMPERIAL_VOLUME_UNITS: readonly (readonly [name: string, symbol: string, perPint: number])[] = [
  ['imperial fluid ounce', 'fl oz', 20],
  ['imperial pint', 'pint', 1],
];

/** What a shop sells a food in: an amount in brackets beside one of these is the size of one of them. */
export const CONTAINERS: readonly (readonly [name: string, also: string])[] = [
  ['can', 'tin tins cn'],
  ['jar', ''],
  ['bottle', ''],
  ['bag', ''],
  ['packet', 'pkt pkts'],
  ['sachet', ''],
  ['envelope', ''],
  ['package', 'pkg pkgs pack packs pckg'],
  ['box', ''],
  ['carton', ''],
  ['container', ''],
  ['tub', ''],
  ['tube', ''],
  ['pouch', ''],
  ['punnet', ''],
  ['jigger', ''],
  ['block', ''],
  ['loaf', ''],
  ['fillet', 'filet filets'],
  ['stick', ''],
  ['head', ''],
  ['ball', ''],
  ['bar', ''],
  ['bunch', ''],
];

/** Parts and small helpings that are counted. */
export const PIECES: readonly (readonly [name: string, also: string])[] = [
  ['clove', 'glove gloves'],
  ['twig', ''],
  ['branch', ''],
  ['stalk', ''],
  ['rib', ''],
  ['slice', ''],
  ['strip', ''],
  ['rasher', ''],
  ['piece', 'pc pcs'],
  ['ear', ''],
  ['cube', ''],
  ['sheet', ''],
  ['leaf', ''],
  ['pod', ''],
  ['wedge', ''],
  ['bulb', ''],
  ['scoop', ''],
  ['glass', 'wine-glass wine-glasses'],
  ['mug', ''],
  ['bowl', ''],
  ['spoon', 'spoonful spoonfuls'],
  ['salt spoon', 'salt-spoonful salt-spoon'],
  ['shot', ''],
  ['serving', ''],
  ['thumb', ''],
  ['inch', ''],
  ['centimeter', 'cm centimetre centimetres'],
];

/** Amounts by feel: "pinch caster sugar" names one without a number. */
export const BY_FEEL: readonly (readonly [name: string, also: string])[] = [
  ['pinch', ''],
  ['dash', ''],
  ['splash', ''],
  ['drizzle', ''],
  ['sprinkle', ''],
  ['drop', ''],
  ['handful', 'handfull handfulls handsful'],
  ['knob', ''],
  ['sprig', ''],
];
