import type { FoodGroup } from './food.ts';

/** Foods from animals. Names after USDA FoodData Central (public domain), by what cooks call them. */
export const ANIMALS: readonly FoodGroup[] = [
  { kind: 'honey', names: `honey, set honey, honeycomb, royal jelly` },
  {
    kind: 'egg',
    contains: ['EGGS'],
    names: `
    egg, whole egg, egg white, egg yolk, yolk, white of egg, whites only of six egg, egg powder, egg wash, hard boiled
    egg, duck egg, quail egg, goose egg, chicken egg, hen egg, free range egg, meringue, meringue powder, omelet,
    omelette
  `,
  },
  {
    kind: 'egg',
    contains: ['EGGS'],
    may: ['MUSTARD'],
    names: `
    mayonnaise, mayonaise, mayonnese, mayo, aioli, remoulade, hollandaise, hollandaise sauce, bearnaise sauce
  `,
  },
  {
    kind: 'milk',
    contains: ['MILK'],
    names: `
    milk, whole milk, skim milk, skimmed milk, buttermilk, condensed milk, sweetened condensed milk, evaporated milk,
    milk powder, powdered milk, dry milk, goat milk, sheep milk, cow milk, cream, heavy cream, whipping cream, heavy
    whipping cream, double cream, single cream, light cream, whipped cream, sour cream, sour creme, soured cream,
    creme fraiche, clotted cream, half and half, milk cream, sweet cream, dairy, dairy liquid cream, liquid cream,
    yogurt, yoghurt, greek yogurt, greek yoghurt, skyr, kefir, lassi, ayran, sour yoghurt, cream cheese, creme cheese,
    mascarpone, ricotta, ricotta cheese, cottage cheese, quark, curd cheese, fromage frais, fromage blanc, queso
    fresco, paneer, dulce de leche, custard, flan, custard powder, ice cream, vanilla ice cream, whey, whey powder,
    curd, milk solid, creamer, cajeta, crema, labneh
  `,
  },
  {
    kind: 'lowLactoseMilk',
    contains: ['MILK'],
    names: `
    butter, unsalted butter, salted butter, sweet butter, butter melted, brown butter, ghee, clarified butter, stick
    butter
  `,
  },
  {
    kind: 'agedCheese',
    contains: ['MILK'],
    names: `
    parmesan, parmesan cheese, parmigiano, parmigiano reggiano, grana padano, ricotta salata, pecorino, pecorino romano, romano
    cheese, cheddar, cheddar cheese, gruyere, gruyere cheese, guereye, emmental, emmental cheese, emmenthal, emental
    cheese, swiss cheese, comte, appenzeller, gouda, edam, edam cheese, edamer cheese, manchego, tilsitter cheese,
    asiago, provolone, jarlsberg, raclette, hard cheese, gloucester cheese, mimolette, cotija
  `,
  },
  {
    kind: 'cheese',
    contains: ['MILK'],
    names: `
    cheese, mozzarella, mozzarella cheese, buffalo mozzarella, burrata, feta, feta cheese, goat cheese, goat's cheese,
    halloumi, brie, camembert, blue cheese, gorgonzola, stilton, roquefort, monterey jack, montery jack cheese, pepper
    jack, jack cheese, colby, oaxaca, oaxaca cheese, muenster, muenster cheese, havarti, american cheese, velveeta,
    mexican cheese, mexican blend, cheese powder, cheese sauce, boursin, string cheese, limburger, fontina, taleggio,
    reblochon, portuguese cheese, augur blue cheese, cambozola, cheese curd, processed cheese, shredded cheese, queso,
    cheeze whiz, grated cheese
  `,
  },
  {
    kind: 'beef',
    names: `
    beef, ground beef, corned beef, roast beef, minced beef, beef mince, veal, ox, oxtail, ox cheek, brisket, sirloin,
    sirloin steak, striploin, rump, skirt, porterhouse, tri tip, wagyu, shortrib, shin of beef, rib eye, ribeye, rump
    steak, flank steak, skirt steak, t bone, ny strip, chuck, chuck roast, chuck steak, short rib, prime rib, steak,
    pastrami, beef jerky, jerky, bresaola, beef suet, beef tallow, tallow, beef kidney, tripe, hamburger, hamburger
    meat, tartare
  `,
  },
  {
    kind: 'pork',
    names: `
    pork, bacon, bacon bit, ham, gammon, prosciutto, serrano ham, parma ham, speck, lardon, pancetta, guanciale,
    guanciala, lard, pork fat, fatback, salt pork, pork belly, pork chop, porkchop, pork mince, ground pork, pork rib,
    sparerib, backrib, spare rib, baby back rib, pork loin, pork shoulder, crackling, chicharron, trotter, pig, pig
    ear, hock, ham hock, ham bone, bacon fat, bacon grease, bacon drippings, carnitas, char siu, jamon, capocollo,
    coppa, nduja, mortadella, hog, wild boar, boar
  `,
  },
  {
    kind: 'meat',
    names: `
    meat, ground meat, minced meat, mincemeat pie filling, taco meat, chicken, ckicken, chicken breast, chicken thigh,
    chicken wing, chicken leg, chicken drumstick, chicken mince, rotisserie chicken, poultry, turkey, turkey breast,
    ground turkey, duck, duckling, duck breast, game, game meat, goose, quail, pheasant, guinea fowl, pigeon, squab,
    partridge, grouse, hen, capon, cornish hen, fowl, rooster, emu, ostrich, bird, lamb, lamb leg, mutton, hogget,
    goat, goat meat, kid goat, venison, deer, elk, moose, bison, reindeer, buffalo meat, chicken fat, schmaltz, duck
    fat, goose fat, bone broth, bone, marrow bone, bone marrow, liver, chicken liver, kidney, heart, gizzard, giblet,
    tongue, sweetbread, brain, spleen, pancreas, thymus, lung, offal, foie gras, breast, thigh, drumstick, wing, leg
    meat, loin, tenderloin, chop, cutlet, schnitzel, rib, mince, rennet, blood, shank, neck bone, meat drippings,
    dripping, drippings, rendered fat
  `,
  },
  {
    kind: 'beef',
    may: ['CELERY', 'GLUTEN', 'SOYBEANS'],
    names: `
    beef stock, beef broth, beef bouillon, beef bullion, beef stock cube, beef bouillon cube, beef gravy granule, beef
    gravy, beef consomme, oxo cube
  `,
  },
  { kind: 'pork', may: ['CELERY', 'GLUTEN', 'SOYBEANS'], names: `pork stock, pork broth, ham stock, pork gravy` },
  {
    kind: 'meat',
    may: ['CELERY', 'GLUTEN', 'SOYBEANS'],
    names: `
    chicken stock, chicken broth, chicken bouillon, chicken bouillon cube, chicken bullion, chicken bullion cube,
    chicken stock cube, chicken soup, cream of chicken, cream of chicken soup, turkey stock, turkey broth, lamb stock,
    veal stock, game stock, chicken gravy, turkey gravy
  `,
  },
  {
    kind: 'pork',
    may: ['GLUTEN', 'SULPHITES', 'MILK'],
    names: `
    pork sausage, chorizo pork sausage, black pudding, blood sausage, morcilla, linguica, chourico, bratwurst,
    chipolata, chipolata sausage, salsiccia
  `,
  },
  {
    kind: 'meat',
    may: ['GLUTEN', 'SULPHITES', 'MILK'],
    names: `
    sausage, sausage meat, sausage link, italian sausage, english sausage, smoked sausage, breakfast sausage,
    falukorv, frankfurter, hot dog, wiener, saveloy, kielbasa, andouille, andouille sausage, chorizo, chorizo sausage,
    chorizo chirozo sausage, merguez, salami, pepperoni, bologna, lunch meat, luncheon meat, spam, deli meat, deli
    chicken, cold cut, meatball, meatloaf, beef patty, burger patty, hamburger patty, haggis, pate, liver pate,
    liverwurst, chicken nugget, chicken patty, bolognese, bolognese sauce, meat sauce, meat ragu, pulled pork, doner,
    gyro meat, soppressata, boudin, weisswurst, bockwurst, currywurst, jagdwurst, scrapple
  `,
  },
  {
    kind: 'unkosherMeat',
    names: `
    rabbit, hare, horse, horse meat, frog leg, frog, alligator, crocodile, kangaroo, camel, squirrel, turtle, insect,
    cricket, mealworm
  `,
  },
  {
    kind: 'fish',
    contains: ['FISH'],
    names: `
    salmon, sockeye, coho, chinook, smoked salmon, salmon steak, lox, tuna, white tuna, cod, codfish, bacalao, salt
    cod, haddock, halibut, hake, herring, kipper, mackerel, mahi mahi, pollock, sardine, pilchard, sea bass, seabass,
    bass, bream, snapper, sole, flounder, plaice, tilapia, trout, carp, perch, pike, anchovy, anchovie, sprat,
    whiting, barramundi, grouper, dorade, mullet
  `,
  },
  {
    kind: 'someFish',
    contains: ['FISH'],
    names: `
    fish, fish fillet, white fish, whitefish, fish roe, roe, caviar, bottarga, fish oil, dashi, dashi stock, dashi
    powder, bonito, bonito flake, katsuobushi, fish flake, tobiko, ikura
  `,
  },
  {
    kind: 'someFish',
    contains: ['FISH'],
    may: ['GLUTEN', 'EGGS', 'MILK'],
    names: `fish ball, fish finger, fish cake, fish stick`,
  },
  {
    kind: 'someFish',
    contains: ['FISH'],
    may: ['CELERY', 'CRUSTACEANS', 'MOLLUSCS', 'GLUTEN'],
    names: `
    fish stock, fish broth, fish bouillon, fish fumet, fish stock cube, fish sauce, nam pla, anchovy paste, garum,
    nuoc mam
  `,
  },
  {
    kind: 'unkosherMeat',
    contains: ['FISH'],
    names: `
    eel, catfish, monkfish, anglerfish, shark, swordfish, sturgeon, skate, ray wing, turbot
  `,
  },
  {
    kind: 'unkosherMeat',
    contains: ['FISH'],
    may: ['CRUSTACEANS', 'EGGS', 'GLUTEN', 'SOYBEANS'],
    names: `surimi, imitation crab, imitation crab meat, crab stick, seafood stick`,
  },
  {
    kind: 'shellfish',
    contains: ['CRUSTACEANS'],
    names: `
    crustacean, shrimp, prawn, crab, crab meat, crabmeat, сrab, сrab meat, lobster, crayfish, crawfish, langoustine,
    scampi, krill, shrimp paste, belacan, terasi, dried shrimp, prawn cracker, king prawn, jumbo shrimp, shellfish
    stock, lobster stock
  `,
  },
  {
    kind: 'shellfish',
    contains: ['MOLLUSCS'],
    names: `
    mollusc, mollusk, mussel, clam, oyster, scallop, squid, calamari, octopus, cuttlefish, snail, escargot, abalone,
    cockle, whelk, conch, clam juice, squid ink, cuttlefish ink
  `,
  },
  { kind: 'shellfish', contains: ['MOLLUSCS'], may: ['GLUTEN', 'SOYBEANS'], names: `oyster sauce` },
  {
    kind: 'shellfish',
    may: ['FISH', 'CRUSTACEANS', 'MOLLUSCS'],
    names: `seafood, shellfish, seafood stock, seafood mix, frutti di mare, sea urchin, uni`,
  },
  {
    kind: 'gelatine',
    names: `
    gelatin, gelatine, gelatin powder, gelatine leaf, isinglass, aspic, jello, jell o, carmine, cochineal, collagen,
    collagen powder
  `,
  },
  {
    kind: 'gelatine',
    may: ['EGGS', 'SULPHITES'],
    names: `
    marshmallow, mini marshmallow, marshmallow fluff, gummy bear, gummy candy, turkish delight
  `,
  },
];
