import type { FoodGroup } from './food.ts';

/** Foods that are made of several others, and drinks with alcohol: what is in them depends on the maker. */
export const PREPARED: readonly FoodGroup[] = [
  {
    kind: 'extract',
    names: `
    vanilla extract, vanilla essence, lemon extract, orange extract, peppermint extract, vanilla paste, vanilla bean
    paste, extract, essence
  `,
  },
  {
    kind: 'alcohol',
    may: ['SULPHITES'],
    names: `
    wine, red wine, white wine, rose wine, champagne, prosecco, sparkling wine, cava, port, port wine, sherry,
    madeira, marsala, marsala wine, vermouth, cider, hard cider, mead, cooking wine, pinot grigio, sauvignon blanc,
    chardonnay, primitivo, zinfandel, merlot, cabernet, burgundy, rioja, chianti, dry cherry, mulled wine
  `,
  },
  {
    kind: 'alcohol',
    names: `
    rum, brandy, cognac, whisky, whiskey, irish whiskey, bourbon, vodka, gin, tequila, grappa, cachaca, spirit,
    alcohol, grain alcohol, liqueur, orange liqueur, triple sec, cointreau, kirsch, calvados, ouzo, pastis, absinthe,
    schnapps, limoncello, kahlua, coffee liqueur, amaretto, mistra, sake, mirin, rice wine, shaoxing wine, shaoxing
    cooking wine, shaoxing, chinese rice wine, soju, bitter, angostura bitter, campari, aperol
  `,
  },
  {
    kind: 'alcohol',
    contains: ['GLUTEN'],
    names: `
    beer, pale beer, brown beer, blonde beer, dark ale, ale, lager, stout, porter, guinness, weissbier, weisbier,
    pilsner, ipa
  `,
  },
  { kind: 'alcohol', contains: ['MILK'], names: `irish cream, irish cream liqueur, baileys, cream liqueur` },
  {
    kind: 'prepared',
    contains: ['GLUTEN'],
    may: ['EGGS'],
    names: `
    pasta, pasta noodle, pasta sheet, pasta shell, fresh pasta, lasagna, lasagne, lasagna pasta sheet, lasagna noodle,
    lasagna sheet, lasagne sheet, fettuccine, fettucine, fettuccine noodle, tagliatelle, pappardelle, tortelloni
    shell, noodle, chow mein noodle, ramen, ramen noodle, egg free noodle, spatzle, spaetzle, fleckerl, gnocchi,
    wonton wrapper, gyoza wrapper, dumpling wrapper, egg roll wrapper, spring roll wrapper, fusilli noodle
  `,
  },
  { kind: 'prepared', contains: ['GLUTEN', 'EGGS'], names: `egg noodle, egg pasta, broad egg noodle` },
  {
    kind: 'prepared',
    contains: ['GLUTEN'],
    may: ['MILK', 'SOYBEANS'],
    names: `
    bread, torrija, white bread, wholemeal bread, whole wheat bread, rye bread, stale bread, sourdough bread, bread
    loaf, torrija bread, toast, toasted bread, bread crumb, breadcrumb, italian breadcrumb, panko, panko breadcrumb,
    crouton, breading, bun, hamburger bun, burger bun, hot dog bun, roll, bread roll, bagel, english muffin, cracker,
    pretzel, rusk, saltine, batter, crispbread, naan, naan bread, flatbread, chapati, roti, lavash, melba toast, pizza
    crust, crumb
  `,
  },
  {
    kind: 'prepared',
    contains: ['GLUTEN', 'EGGS'],
    may: ['MILK'],
    names: `
    brioche, challah, ladyfinger, lady finger, savoiardi, savoiardi biscuit, sponge cake, sponge finger, pound cake,
    nilla wafer, vanilla wafer, croissant, waffle, muffin, brownie, profiterole, eclair, pancake, yorkshire pudding,
    crepe
  `,
  },
  {
    kind: 'prepared',
    contains: ['GLUTEN'],
    may: ['MILK', 'EGGS', 'SOYBEANS'],
    names: `
    cookie, biscuit, dough, bread dough, graham cracker, graham cracker crumb, wafer, amaretti, ice cream cone,
    digestive biscuit, oreo, breakfast cereal, cereal, muesli base
  `,
  },
  {
    kind: 'prepared',
    contains: ['GLUTEN'],
    may: ['TREE_NUTS', 'PEANUTS', 'MILK'],
    names: `granola, muesli, granola bar`,
  },
  {
    kind: 'prepared',
    may: ['MILK', 'SOYBEANS'],
    names: `
    chocolate, dark chocolate, bittersweet chocolate, semisweet chocolate, unsweetened chocolate, baking chocolate,
    chocolate chip, chocolate powder, chocolate syrup, chocolate sauce, hot chocolate mix, drinking chocolate,
    margarine, fudge sauce
  `,
  },
  {
    kind: 'prepared',
    contains: ['MILK'],
    may: ['SOYBEANS'],
    names: `
    milk chocolate, white chocolate, milk chocolate chip, white chocolate chip, fudge, caramel, caramel sauce, toffee,
    butterscotch, butterscotch chip, chocolate milk, malted milk, malted milk powder, buffalo sauce, whipped topping,
    cool whip
  `,
  },
  { kind: 'prepared', contains: ['MILK', 'GLUTEN'], names: `bechamel, bechamel sauce` },
  {
    kind: 'prepared',
    contains: ['MILK'],
    may: ['EGGS', 'GLUTEN', 'SOYBEANS'],
    names: `ranch mix, ranch dressing mix, ranch seasoning, dip mix`,
  },
  {
    kind: 'prepared',
    contains: ['MILK', 'TREE_NUTS'],
    may: ['SOYBEANS'],
    names: `nutella, chocolate hazelnut spread, gianduja, praline`,
  },
  { kind: 'prepared', contains: ['TREE_NUTS'], may: ['EGGS'], names: `marzipan, frangipane, nougat` },
  { kind: 'cheese', contains: ['MILK', 'TREE_NUTS'], names: `pesto, basil pesto, green pesto, red pesto, pesto sauce` },
  {
    kind: 'milk',
    contains: ['MILK'],
    names: `tzatziki, raita, ranch, ranch dressing, blue cheese dressing, yogurt sauce`,
  },
  { kind: 'prepared', may: ['CELERY'], names: `ketchup, catsup` },
  {
    kind: 'prepared',
    names: `
    hot sauce, hot pepper sauce, pepper sauce, tabasco, frank redhot, frank redhot sauce, frank red hot, frank, redhot
    sauce, texas champagne, yellowbird, sriracha, sriacha, sriracha sauce, sriracha hot sauce, chili sauce, chilli
    sauce, sweet chili sauce, sweet chilli sauce, chili garlic sauce, marinara, marinara sauce, easy pizza sauce,
    pizza sauce, tomato ketchup, sambal oelek
  `,
  },
  {
    kind: 'prepared',
    may: ['GLUTEN'],
    names: `
    plum sauce, duck sauce, enchilada sauce, mango chutney, chutney, baked bean, chip, potato chip, tortilla chip,
    corn chip, tater tot, french fry
  `,
  },
  {
    kind: 'prepared',
    contains: ['SOYBEANS', 'GLUTEN'],
    may: ['SESAME'],
    names: `hoisin, hoisin sauce, hoisin sause, teriyaki, teriyaki sauce`,
  },
  {
    kind: 'prepared',
    may: ['MUSTARD', 'SULPHITES', 'EGGS', 'MILK'],
    names: `
    vinaigrette, vinaigrette dressing, raspberry vinaigrette, raspberry vinaigrette dressing, balsamic vinaigrette,
    salad cream
  `,
  },
  {
    kind: 'prepared',
    may: ['SOYBEANS', 'GLUTEN', 'EGGS', 'MILK'],
    names: `
    veggie sausage, veggie burger, veggie mince, veggie bacon, veggie dog, veggie crumble, veggie patty, veggie
    ground, soy chorizo, soyrizo, soya mince, soy mince, quorn, tofu bacon, tempeh bacon, coconut bacon, tofu sausage,
    beyond meat, beyond burger, impossible burger, impossible meat
  `,
  },
  {
    kind: 'prepared',
    contains: ['EGGS'],
    may: ['MILK', 'MUSTARD', 'CELERY', 'GLUTEN'],
    names: `potato salad, egg salad, pasta salad, macaroni salad, coleslaw, slaw`,
  },
  {
    kind: 'prepared',
    may: ['GLUTEN', 'EGGS', 'MILK', 'SOYBEANS'],
    names: `onion ring, crispy onion, crispy fried onion, french fried onion, nut roast, hash brown, mashed potato, creamed spinach, creamed corn, potato pancake`,
  },
  { kind: 'prepared', contains: ['EGGS'], names: `egg substitute, meringue nest` },
  {
    kind: 'someFish',
    contains: ['FISH'],
    may: ['GLUTEN', 'SOYBEANS'],
    names: `
    worcestershire sauce, worcestershire, worchestershire sauce, worchestershire, worcester sauce, worcestersauce, lea
    and perrins
  `,
  },
  {
    kind: 'ambiguous',
    may: ['CELERY', 'GLUTEN', 'SOYBEANS', 'FISH', 'MILK'],
    names: `
    stock, broth, bouillon, bullion, bulion, better than bouillon, better than bulion, stock cube, bouillon cube,
    stock pot, stock powder, bouillon powder, consomme, gravy, gravy mix, gravy granule, gravy powder, brown gravy, au
    jus, au jus gravy mix, jus, demi glace, soup mix, onion soup mix, soup base, soup, cream of mushroom soup, tomato
    soup, minestrone, chowder, knorr, maggi, aromat, roux block, dry soup mix, chili seasoning mix, stew mix, chicken
    seasoning, hot chicken seasoning, beef seasoning, chicken masala
  `,
  },
  {
    kind: 'ambiguous',
    contains: ['EGGS', 'MILK'],
    may: ['FISH', 'MUSTARD', 'GLUTEN', 'SOYBEANS', 'CELERY'],
    names: `caesar dressing, caesar salad dressing, caesar sauce`,
  },
  {
    kind: 'ambiguous',
    may: ['FISH', 'EGGS', 'MILK', 'MUSTARD', 'GLUTEN', 'SOYBEANS', 'CELERY', 'SESAME', 'SULPHITES'],
    names: `
    dressing, salad dressing, italian dressing, thousand island dressing, thousand island, french dressing, green
    goddess dressing, dipping sauce, pasta sauce, spaghetti sauce, fradiavolo sauce, fra diavolo sauce, cacciatore
    sauce, alfredo sauce, curry sauce, steak sauce, barbecue sauce, bbq sauce, brown sauce, hp sauce, tonkatsu sauce,
    bulldog sauce, okonomiyaki sauce, cocktail sauce, tartar sauce, tartare sauce, marinade, dip, simmer sauce, burger
    sauce, special sauce, sandwich spread, stir fry sauce, ponzu, tapenade, olive tapenade, antipasto
  `,
  },
  {
    kind: 'ambiguous',
    may: ['CRUSTACEANS', 'FISH', 'SOYBEANS', 'MOLLUSCS'],
    names: `
    curry paste, thai curry paste, red curry paste, thai red curry paste, green curry paste, thai green curry paste,
    yellow curry paste, mild curry paste, laksa paste, tom yum paste, xo sauce
  `,
  },
  {
    kind: 'ambiguous',
    may: ['CRUSTACEANS', 'FISH', 'SOYBEANS'],
    names: `
    chili paste, chilli paste, red chilli paste, sambal, thai chili paste, kimchi, chili crisp, chili jam, nam prik
  `,
  },
  {
    kind: 'ambiguous',
    contains: ['GLUTEN'],
    may: ['MILK', 'EGGS', 'SOYBEANS'],
    names: `
    puff pastry, shortcrust pastry, short crust pastry, shortcrust, pie crust, pie shell, pie dough, pastry, pastry
    shell, pastry case, pastry dough, tart shell, flour tortilla, flour tortillas wrap, burrito sized tortilla,
    burrito wrap, wrap, biscuit dough, cake mix, pancake mix, brownie mix, cake, baking mix, bisquick, doughnut, corn
    bread mix, cornbread mix, cornbread, stuffing, stuffing mix, crescent roll, dumpling, ravioli, tortellini,
    cannelloni, wonton, spring roll, instant noodle, pie, pizza, samosa, muffin mix
  `,
  },
  {
    kind: 'ambiguous',
    may: ['GLUTEN', 'MILK', 'SOYBEANS'],
    names: `
    tortilla, mexican tortilla, taco shell, tostada, tamale, arepa, refried bean, shortening, suet, fat, grease, oil
    of choice grease, animal fat, cooking fat, frying fat, crisco, burger
  `,
  },
  {
    kind: 'ambiguous',
    may: ['MILK', 'SOYBEANS', 'EGGS', 'GLUTEN'],
    names: `
    sprinkle, frosting, icing, pudding, pudding mix, protein powder, protein supplement, mousse, trifle, lemon curd,
    mincemeat, mince pie, meat substitute
  `,
  },
  {
    kind: 'ambiguous',
    may: ['CRUSTACEANS', 'FISH', 'PEANUTS', 'SOYBEANS', 'TREE_NUTS', 'MOLLUSCS', 'SESAME'],
    names: `massaman curry paste, panang curry paste, pad thai sauce, mole, mole sauce, mole paste`,
  },
  {
    kind: 'ambiguous',
    generic: true,
    may: ['FISH', 'EGGS', 'MILK', 'MUSTARD', 'GLUTEN', 'SOYBEANS', 'CELERY', 'SESAME', 'SULPHITES'],
    names: `sauce, flavouring sauce, flavoring sauce, spread`,
  },
  { kind: 'ambiguous', generic: true, names: `jelly` },
  {
    kind: 'unknown',
    generic: true,
    names: `topping, filling`,
  },
  {
    kind: 'unknown',
    names: `
    candy, candy bar, delicatessen, deli, content, leftover, snack, whatever, anything, secret ingredient, mix
  `,
  },
];
