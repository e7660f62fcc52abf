// The vocabulary of ingredient lines.

const list = (words: string): readonly string[] =>
  words
    .split(/[\n|]/)
    .map(word => word.trim())
    .filter(Boolean);

/** Number words; "a" and "an" count as one only where an amount can stand. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  ...{
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
  },
  ...{ thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20 },
  ...{ thirty: 30, forty: 40, fifty: 50, sixty: 60, hundred: 100 },
};

/** Parts of one, as a fraction. */
export const FRACTION_WORDS: Readonly<Record<string, string>> = {
  ...{ half: '1/2', halves: '1/2', quarter: '1/4', quarters: '1/4', third: '1/3', thirds: '1/3' },
  ...{ fourth: '1/4', fourths: '1/4', eighth: '1/8', eighths: '1/8' },
};

/** "about": said before an amount without changing it. */
export const APPROXIMATIONS = list(
  'around|about|approximately|approx|appr|circa|ca|roughly|nearly|almost|up to|at least|from|plus|another|max|maximum|just over|just under',
);

/** Amounts that are none: the line then has no quantity. */
export const VAGUE_AMOUNTS = list(
  `a little bit of|a little|little|a good bit of|a teensy bit of|a tiny bit of|a bit of|a few|few|several|some|any|a lot of
   lots of|plenty of|ample amount of|enough|any kind of|a touch of|a hint of|hint of`,
);

/** Sizes of a thing: dropped from the food, never a unit. */
export const SIZES = list(
  `extra large|extra-large|extra small|extra-small|large|medium|small|big|jumbo|medium sized|medium-sized|large sized|large-sized
   small sized|small-sized|normal sized|normal-sized|average-sized|average|good-sized|good sized|thumb-sized|bite-sized|bite-size
   regular-sized|lg|med|sm|sized|giant|huge|tiny|medium-size|large-size|small-size`,
);

/** What can stand between a number and its unit: "2 heaped tbsp", "3 peeled cloves", "4 thinly cut slices". */
export const UNIT_QUALIFIERS = list(
  'thick|thin|thinly cut|thickly cut|generous|heaped|heaping|level|rounded|good|overflowing|overfilled|packed|firmly packed|lightly packed|loosely packed|full|peeled|fresh|whole|dried|tight|loose|short|long|metric|us|each|uncooked',
);

/** Done to a food: these go to the preparation. */
export const PARTICIPLES = new Set(
  list(
    `chopped|minced|diced|sliced|grated|shredded|peeled|beaten|melted|softened|cubed|julienned|halved|quartered|crumbled|mashed
     crushed|drained|rinsed|washed|trimmed|sifted|toasted|pitted|deseeded|seeded|cored|stoned|cut|torn|pressed|squeezed|zested
     divided|packed|thawed|defrosted|warmed|chilled|cooled|soaked|separated|whisked|pureed|bruised|slivered|flaked|juiced|boned
     scrubbed|husked|shelled|shucked|snipped|picked|reserved|scalded|grounded|strained|butterflied|finely-chopped|stemmed|trimmed
     cooked|blanched|whipped|broken|deveined|skinned|unpeeled|shaved|precooked|pre-cooked|roasted|tied|flattened|lengthwise`,
  ),
);

/** Participles that name another product when they stand before the food ("toasted sesame oil", "whipped cream"). */
export const PRODUCT_PARTICIPLES = new Set(
  list(
    `toasted|roasted|whipped|strained|cooked|precooked|pre-cooked|flaked|slivered|blanched|shelled|crushed|cut|pitted|mashed
     scalded|deveined|skinned|chilled|boned|pureed|soaked|warmed|cooled|broken|shaved|separated`,
  ),
);

/** Said of a participle: "finely chopped". */
export const ADVERBS = new Set(
  list(
    'finely|roughly|coarsely|thinly|thickly|freshly|freshy|lightly|very|well|loosely|firmly|gently|fine|fresh|small|lengthwise|thin|thick|evenly|crosswise|slightly|hard|tightly',
  ),
);

/** May follow a trailing participle: "peeled and diced", "chopped into ribbons", "cut in half". */
export const PARTICIPLE_TAILS = new Set(
  list('and|or|into|in|to|with|from|on|until|if|for|at|as|thin|fine|finely|small|the|by'),
);

/** Adjectives that cannot be a food on their own: "boneless, skinless chicken breasts" is one food. */
export const BARE_ADJECTIVES = new Set(
  list(
    `boneless|skinless|bone-in|skin-on|fresh|dried|dry|frozen|canned|cooked|raw|ripe|organic|free-range|lean|extra-lean|green
     red|yellow|white|brown|black|unsalted|salted|sweet|sour|hot|cold|warm|whole|plain|low-fat|fat-free|nonfat|reduced-fat
     large|small|medium|firm|soft|thick|thin|grated|shredded|chopped|diced|sliced|minced|peeled|rinsed|good-quality|purple
     smooth|crunchy|uncooked|unsweetened|sweetened|light|dark|mixed|low-sodium|reduced-sodium|seedless|pitted`,
  ),
);

/** Where a food ends and a remark begins. */
export const REMARK_STARTS = list(
  `to|for|plus|or more|or less|or so|or to taste|or any|or other|or another|or similar|preferably|preferebly|such as|like|e.g.|i.e.
   eg|ie|at room|per|of choice|of your|with|without|from|until|about|optional|as a|as needed|as required|as garnish|if|divided
   used|only|usually|we|i|which|that|depending|cleaned|washed|using|you|total|worth|is|are|can|in their|in there|each|approx`,
);

/** Units that may follow their food, and the foods they follow: "garlic cloves", "celery stalks". */
export const TRAILING_UNITS = list('clove|stalk|rib|sprig|slice|rasher|head');
