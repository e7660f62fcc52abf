// Which food is sold in which aisle. "listed" is the aisle configuration of cooklang/cookcli (MIT licence, Copyright
// Cooklang contributors): 160 foods with their aliases in 8 aisles, order kept. An alias says where a thing is sold,
// not that it is the same food. "further" is our own: common foods and head nouns that list has not.

type Aisle = { name: string; listed: string; further: string };

/** In the order of a walk through a shop. Foods are separated by | and line ends. */
export const AISLES: readonly Aisle[] = [
  {
    name: 'fruit and veg',
    listed: `apples|bananas|grapes|nectarines|peaches|pears|raspberries|strawberries|blueberries|lemon|lime|clementine
      mango|melon|avocado|avocados|cucumber|courgettes|aubergine|spinach|salad leaves|broccoli|cauliflower|celery
      celeriac|Chinese cabbage|onion|onions|red onion|red onions|shallot|scallions|spring onions|potatoes
      beetroots|carrot|carrots|bell pepper|bell peppers|red bell pepper|red peppers|cherry tomatoes|ripe tomatoes
      tomatoes|mushrooms|coconut|baby corn|bamboo shoots|garlic|garlic clove|ginger|red chilli|fresh red chilli
      coriander|fresh coriander|fresh basil|thai basil|fresh oregano|dill|thyme`,
    further: `apple|banana|pear|orange|grapefruit|strawberry|raspberry|blueberry|berry|cherry|peach|plum|pineapple
      watermelon|cantaloupe|kiwi|fig|pomegranate|apricot|zucchini|eggplant|cilantro|parsley|basil|mint|chive
      rosemary|sage|tarragon|marjoram|oregano|lettuce|cabbage|kale|chard|leek|fennel|turnip|parsnip|radish|pea
      green bean|corn|sweetcorn|green onion|squash|pumpkin|sweet potato|potato|tomato|asparagus|arugula|green
      bok choy|chili|jalapeno|pepper|sweet pepper|red pepper|green pepper|yellow pepper|chili pepper|lemongrass
      bean sprout|sprout|brussels|artichoke|tomatillo|rutabaga|beet|mushroom|champignon|daikon|herb|fruit
      vegetable|veggie|salad|yam|okra|lime leaf|scallion|shiitake|endive|escarole|quince|cranberry|lemon juice
      lime juice|lemon peel
      jalapeno pepper|hot pepper|serrano pepper|jalepeno|pepperoncini|collard greens|dark greens|greens|lettuce greens|peppedew pepper`,
  },
  {
    name: 'milk and dairy',
    listed: `milk|butter|egg|eggs|sour cream|cheddar cheese|curd cheese|feta|fresh mozzarella|grated mozzarella
      mozzarella cheese|mozzarella|parmesan cheese|parmesan|soft cheese`,
    further: `cheese|cream|yogurt|egg yolk|egg white|buttermilk|margarine|mascarpone|ricotta|cheddar|gruyere|pecorino
      gouda|brie|goat cheese|cream cheese|creme fraiche|ghee|quark|paneer|kefir|provolone|halloumi|custard|lard
      half and half
      sour creme|creme cheese|edamer|tilsitter`,
  },
  {
    name: 'meat and seafood',
    listed: `lamb chops|lamb|bacon|corn beef|parma ham|rashers|chicken fillets|chicken thighs|whole chicken|prawns
      smoked salmon|firm tofu`,
    further: `beef|pork|chicken|turkey|duck|veal|rabbit|sausage|ham|pancetta|guanciale|prosciutto|salami|chorizo|steak
      mince|meat|rib|roast|fish|salmon|trout|cod|mackerel|tuna|shrimp|prawn|lobster|crab|mussel|clam|squid|octopus
      anchovy|sardine|tofu|liver|kidney|venison|oxtail|breast|thigh|fillet|chop|wing|falukorv|brisket|chuck
      mutton|snail|andouille|anglerfish|porkchop|lamb leg|monkfish|scallop|bacon strip`,
  },
  {
    name: 'breads and baked goods',
    listed: `apple lattice pie|biscuits|breakfast biscuits|breadcrumbs|croissant|profiteroles|tortillas|bread`,
    further: `bun|roll|baguette|tortilla|pita|crouton|cookie|cake|toast|breadcrumb|crumb|ciabatta|bagel|puff pastry|pastry
      wafer|dough
      bread crumb|loaf|bread loaf`,
  },
  {
    name: 'tinned goods and baking',
    listed: `cannellini beans|baked beans|tin tomatoes|tinned tomatoes|chopped tomato|tinned pineapples|coconut milk
      pickles|strained kimchi|redcurrant jelly|flour|plain flour|strong white flour|tipo zero flour|corn starch
      fresh yeast`,
    further: `bean|chickpea|lentil|corn syrup|baking powder|baking soda|yeast|cornstarch|starch|vanilla|vanilla extract
      vanilla sugar|cocoa|cocoa powder|chocolate|powdered sugar|condensed milk|evaporated milk|jam|jelly|marmalade
      gelatin|semolina|cornmeal|breadcrumbs mix|almond meal|coconut flour|tapioca|pickle|olive|caper|canned tomato
      crushed tomato|diced tomato|tomato puree|tomato passata|passata|tinned tomato|sweetened condensed milk
      molasses|baking chocolate|chipotle pepper|pickled jalapeno|apple sauce|peppercorn mix
      cornflour|sourdough|linseed|xanthan gum|citric acid|gherkin|lye|sodium hydroxide`,
  },
  {
    name: 'packaged goods, pasta and sauces',
    listed: `arborio rice|jasmine rice|cooked rice|linguine pasta|oats|sugar|caster sugar|green curry paste|tomato paste
      chocolate spread|mayonnaise|chicken broth|vegetable stock|coffee|black tea|water|apple crisps|chocolate bars
      crackers|crisps|dates|dried apricots|dried plums|pistachios|pumpkin seeds|raisins|frozen peas`,
    further: `pasta|spaghetti|macaroni|penne|fusilli|noodle|lasagna|linguine|fettuccine|rice|couscous|quinoa|bulgur|barley
      oatmeal|oat|cereal|granola|stock|broth|bouillon|stock cube|tomato sauce|pasta sauce|sauce|salsa|ketchup
      curry paste|paste|peanut butter|nut|almond|walnut|pecan|cashew|hazelnut|peanut|pine nut|sesame seed
      sunflower seed|flax seed|poppy seed|seed|raisin|prune|cranberries|dried cranberry|dried fig|dried fruit
      dried mushroom|tea|brown sugar|syrup|maple syrup|juice|beer|brandy|rum|cognac|liqueur|champagne|chip|popcorn
      tahini|hummus|pesto|lentil pasta|dressing mix|gravy|apple juice|orange juice|pineapple juice|stout|ice cream
      red lentil|grain|grits|coconut cream
      harissa|nori|seaweed|sherry|whiskey|sesame|currant|dashi powder|ranch mix|alcohol|stock powder|oats|grits`,
  },
  {
    name: 'dried herbs and spices',
    listed: `salt|sea salt|flaky salt|black pepper|pepper|white pepper|bay leaves|cayenne pepper|dried oregano|dried sage
      fennel seeds|garlic powder|ground cinnamon|ground coriander|ground cumin|onion powder|palm sugar|paprika
      smoked paprika|poultry seasoning|saffron threads|star anise`,
    further: `cumin|cinnamon|nutmeg|clove|turmeric|coriander seed|coriander powder|curry powder|chili powder|chili flake
      red pepper flake|pepper flake|garam masala|masala|cardamom|allspice|caraway|mustard seed|fennel seed
      celery seed|celery salt|garlic salt|kosher salt|seasoning|spice|spice blend|mace|saffron|bay leaf|peppercorn
      cayenne|herbes de provence|ground ginger|ginger powder|mustard powder|fenugreek|sumac|zaatar|bay
      ground black pepper|cinnamon stick|old bay|rose pepper|msg|sazon|adobo|curry|fenugreek leaf|fenugreek powder
      cumin seed
      tumeric|majoran|curcuma|cinnamom|thyme and rosemary|caraway seed`,
  },
  {
    name: 'oils and dressings',
    listed: `olive oil|extra virgin olive oil|oil|coconut oil|peanut oil|sesame oil|chilli oil|Dijon mustard|honey
      Marmite|balsamic glaze|soy sauce|fish sauce|oyster sauce|red wine vinegar|rice wine vinegar|white vinegar
      Chinese cooking wine|white wine|cider`,
    further: `vinegar|mustard|dressing|balsamic vinegar|worcestershire sauce|teriyaki sauce|hoisin sauce|hot sauce
      sriracha|tamari|vinaigrette|cooking spray|wine|red wine|sake|mirin|shaoxing wine|tabasco|horseradish|relish
      miso|miso paste|chili sauce|olive oil spray|rose water
      soy|olive oil q.b`,
  },
];
