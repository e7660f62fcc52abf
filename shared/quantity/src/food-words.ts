// The vocabulary of foods on a shopping list.

const list = (words: string): readonly string[] =>
  words
    .split(/[\n|]/)
    .map(word => word.trim())
    .filter(Boolean);

/** Words that do not change what one buys. */
export const DROPPED = list(
  `free range|organic|good quality|best quality|quality|ripe|overripe|very|raw|fresh|freshly|finely|roughly|coarsely|thinly|peeled
   chopped|diced|minced|sliced|grated|shredded|beaten|melted|softened|cubed|halved|quartered|crumbled|rinsed|washed|trimmed|sifted
   packed|cold|warm|warmed|lukewarm|boiling|boiled|ice|iced|large|medium|small|extra large|jumbo|big|whole|uncooked|well|more|extra
   preferably|your favorite|your favourite|assorted|room temperature|cleaned|optional|additional|some|any|other|store bought|homemade
   leftover|bite size|medium sized|large sized|small sized|a|an|the|of|each|hass|persian|granulated white|fine|set|lean|extra lean`,
);

/** Dropped before these only: hot sauce is no sauce. */
export const HOT = /^hot (?=(?:water|milk|broth|stock|coffee|brewed coffee|\w+ (?:broth|stock))$)/;

/** Foods whose name needs the word that is dropped elsewhere. */
export const KEPT_WHOLE = new Set(
  list(
    `fresh pasta|fresh yeast|fresh mozzarella|fresh cheese|ice cream|ice cube|whole milk|whole wheat flour|whole chicken|whole clove
     extra virgin olive oil|whole grain mustard|whole wheat bread|whole rye flour|minced beef|minced lamb|minced pork|minced turkey
     minced chicken|minced meat|large white bean|small white bean|fresh cream|sliced bread|ice|fine semolina|whole wheat pasta|chopped tomato|diced tomato`,
  ),
);

/** Left as they are by the singular. */
export const UNCOUNTED = new Set(
  list(
    `molasses|couscous|hummus|asparagus|swiss|brussels|bass|watercress|octopus|citrus|haggis|schnapps|gras|jus|provence|pancetta
     greens|quiche|angus|arbols|pus|biscuits|swiss|cress|hibiscus|oats|anise|grits|schnitzel|tapas|hass|ribs|leaves|las|ras`,
  ),
);

/** Singulars that the general rule gets wrong. */
export const SINGULARS: Readonly<Record<string, string>> = {
  ...{
    chillies: 'chilli',
    chilies: 'chili',
    cookies: 'cookie',
    leaves: 'leaf',
    brownies: 'brownie',
    biscuits: 'biscuit',
  },
  ...{
    tomatos: 'tomato',
    potatos: 'potato',
    "chili's": 'chili',
    quiches: 'quiche',
    radishes: 'radish',
    calories: 'calorie',
  },
  ...{
    ribs: 'rib',
    grits: 'grits',
    oats: 'oats',
    smoothies: 'smoothie',
    pies: 'pie',
    veggies: 'veggie',
    halves: 'half',
  },
};

/** The same food by another name, after dropping and in the singular. A name only where one buys the very same thing. */
export const SAME_FOOD: Readonly<Record<string, string>> = {
  ...{ 'white onion': 'onion', 'yellow onion': 'onion', 'brown onion': 'onion', 'cooking onion': 'onion' },
  ...{ 'garlic clove': 'garlic', 'clove garlic': 'garlic', 'garlic head': 'garlic', 'garlic bulb': 'garlic' },
  ...{ 'spring onion': 'green onion', scallion: 'green onion', aubergine: 'eggplant', courgette: 'zucchini' },
  ...{ 'celery stalk': 'celery', 'celery rib': 'celery', 'stalk celery': 'celery', capsicum: 'bell pepper' },
  ...{ bayleaf: 'bay leaf', 'coriander leaf': 'cilantro', rocket: 'arugula', swede: 'rutabaga', beetroot: 'beet' },
  ...{ 'caster sugar': 'superfine sugar', 'castor sugar': 'superfine sugar', 'icing sugar': 'powdered sugar' },
  ...{ "confectioners' sugar": 'powdered sugar', 'confectioners sugar': 'powdered sugar', 'white sugar': 'sugar' },
  ...{ 'granulated sugar': 'sugar', 'plain flour': 'all purpose flour', 'ap flour': 'all purpose flour' },
  ...{
    'corn starch': 'cornstarch',
    yoghurt: 'yogurt',
    'plain yoghurt': 'plain yogurt',
    'greek yoghurt': 'greek yogurt',
  },
  ...{ 'bicarbonate soda': 'baking soda', 'soy sause': 'soy sauce', mayo: 'mayonnaise', mayonaise: 'mayonnaise' },
  ...{
    'garbanzo bean': 'chickpea',
    'beef mince': 'ground beef',
    'minced beef': 'ground beef',
    'pork mince': 'ground pork',
  },
  ...{
    'minced pork': 'ground pork',
    'minced lamb': 'ground lamb',
    'lamb mince': 'ground lamb',
    'ground beef meat': 'ground beef',
  },
  ...{ 'chicken mince': 'ground chicken', 'minced chicken': 'ground chicken', 'ground black pepper': 'black pepper' },
  ...{
    'bread crumb': 'breadcrumb',
    'basil leaf': 'basil',
    'parsley leaf': 'parsley',
    'mint leaf': 'mint',
    catsup: 'ketchup',
  },
  ...{ 'chilli powder': 'chili powder', chilli: 'chili', 'red chilli': 'red chili', 'green chilli': 'green chili' },
  ...{ 'fresh coriander': 'cilantro', 'worchestershire sauce': 'worcestershire sauce', 'tomato puree': 'tomato puree' },
  ...{
    'egg white and yolk': 'egg',
    'all purpose wheat flour': 'all purpose flour',
    'table salt': 'salt',
    paprica: 'paprika',
  },
  ...{ 'chopped tomato': 'canned tomato', 'diced tomato': 'canned tomato', 'canned whole tomato': 'canned tomato' },
};

/** Cheeses that go by their name alone. */
export const CHEESES = new Set(
  list(
    'parmesan|cheddar|mozzarella|feta|ricotta|gruyere|pecorino romano|pecorino|mascarpone|gouda|brie|romano|edam|tilsitter|provolone',
  ),
);

/** Half names: "vegetable or chicken stock" begins with vegetable stock, "butter or lard" with butter. */
export const HALF_NAMES = new Set(
  list(
    `vegetable|veggie|chicken|beef|fish|mushroom|white|brown|red|black|green|yellow|sweet|smoked|pinto|button|cup|lemon|lime|orange
     fresh|dried|frozen|canned|plain|whole|hot|mild|spicy|wheat|rye|jalapeno|serrano|pecorino|flank|pork|turkey|light|dark|diced
     crushed|chopped|salted|unsalted|cherry|olive|rice|cider|raw|cooked|soy|mealy|kalamon|creole|dijon|firm|soft`,
  ),
);
