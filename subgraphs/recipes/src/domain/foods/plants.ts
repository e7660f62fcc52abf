import type { FoodGroup } from './food.ts';

/** Foods from plants, fungi, algae and minerals. Names after USDA FoodData Central (public domain), by what cooks call them. */
export const PLANTS: readonly FoodGroup[] = [
  {
    kind: 'plant',
    names: `
    apple, golden delicious, granny smith, apricot, avocado, hass avocado, banana, plantain, berry, blackberry,
    blueberry, boysenberry, cherry, clementine, cranberry, currant, blackcurrant, redcurrant, date, elderberry, fig,
    fruit, gooseberry, grape, grapefruit, guava, kiwi, kiwifruit, kumquat, lemon, lime, lychee, litchi, mandarin,
    mango, melon, cantaloupe, honeydew, watermelon, mulberry, nectarine, orange, papaya, passion fruit, passionfruit,
    peach, pear, persimmon, pineapple, plum, pomegranate, pomelo, prune, quince, raspberry, rhubarb, strawberry,
    tangerine, satsuma, jackfruit, breadfruit, tamarind, tamarind paste, dragon fruit, star fruit, crab apple, citrus,
    johannesbeer, cassis juice, fruit salad, apple sauce, applesauce, apple butter, juice, nectar, zest, citrus peel,
    lemon peel, orange peel, lemon rind, orange rind, jam, marmalade, preserve, fruit spread, cranberry sauce, fruit
    jelly, pectin, coconut, cocoa nut, desiccated coconut, coconut milk, coconut cream, cream of coconut, coconut
    water, coconut flake, coconut oil, coconut sugar, coconut aminos, coconut butter, coconut flour, monk fruit, goji
    berry, jujube, blood orange, durian, loquat, longan
  `,
  },
  {
    kind: 'plant',
    may: ['SULPHITES'],
    names: `
    raisin, sultana, dried apricot, dried fruit, dried mango, dried apple, candied fruit, candied peel, mixed peel,
    maraschino cherry, craisin, dried fig, dried cranberry, prepared horseradish, creamed horseradish, sun dried
    tomato
  `,
  },
  {
    kind: 'fermented',
    may: ['SULPHITES'],
    names: `
    kombucha, wine vinegar, white wine vinegar, red wine vinegar, sherry vinegar, balsamic vinegar, balsamic, balsamic
    glaze, champagne vinegar, black balsamic vinegar, grape juice, verjuice
  `,
  },
  {
    kind: 'plant',
    names: `
    vegetable, veggie, veg, greens, salad green, mixed green, mixed lettuce green, dark green, leaf, salad leaf,
    lettuce, romaine, romaine lettuce, romaine heart, iceberg, butter lettuce, butterhead lettuce, lamb lettuce,
    arugula, arugula salad, rocket, spinach, baby spinach, kale, chard, swiss chard, collard green, collard, mustard
    green, turnip green, beet green, onion green, endive, escarole, radicchio, chicory, frisee, watercress, cress,
    dandelion green, purslane, sorrel, nettle, bok choy, pak choi, pak choy, choy sum, cabbage, savoy cabbage, napa
    cabbage, brussels sprout, brussels, broccoli, broccli, broccolini, broccoli rabe, cauliflower, cauliflower steak,
    kohlrabi, romanesco, artichoke, artichoke heart, heart of palm, asparagus, bamboo shoot, bean sprout, sprout,
    beet, beetroot, carrot, parsnip, turnip, swede, rutabaga, radish, daikon, pickled daikon, jicama, salsify,
    cassava, yuca, taro, yam, sweet potato, sweet pototoe, potato, russet, yukon gold, yukon potato, fingerling,
    potato flake, jerusalem artichoke, lotus root, water chestnut, waterchestnut, onion, spanish onion,
    shallot, leek, egyptian leek, garlic, garlic pearl, garlic glove, gloves of garlic, garlic puree, garlic paste,
    garlic powder, garlic power, garlic infused olive oil, scallion, green onion, spring onion, chive, ramp, fennel,
    fennel bulb, tomato, beef tomato, beefsteak tomato, cherry tomato, plum tomato, san marzano, tomatillo, tomato
    paste, tomato sauce, tomato puree, tomato puree paste, tomato puré, passata, sugo, tomato juice, fried tomato
    sauce, tomato passata, tomato vegetable juice cocktail, vegetable juice, eggplant, aubergine, pepper, bell pepper,
    capsicum, chilies, chillies, jalapeno chilies, serrano chilies, sweet pepper, chilli, chili, chile, chilli pepper,
    scotch bonnet, habanero, jalapeno, jalepeno, serrano, bird eye chili, bird eye chilli, poblano, ancho, chipotle,
    chipotle pepper, chipotle in adobo, adobo chili, piquante pepper, peppedew, pepperoncini, peperoncino, pimento,
    pimiento, piripiri, paprika pepper, zucchini, zuchini, courgette, squash, butternut, butternut squash, acorn
    squash, summer squash, round squash, spaghetti squash, hubbard squash, gourd, bitter melon, luffa, pumpkin, marrow
    squash, cucumber, gherkin, cornichon, pickle, dill pickle, pickle juice, pickle relish, relish, sweet relish,
    sweet pickle relish, okra, corn, corn cob, ear of corn, corn on the cob, sweetcorn, baby corn, corn kernel,
    hominy, olive, kalamata olive, kalamon, kalamata, caper, caperberry, nopal, chayote, seaweed, nori, kombu, wakame,
    kelp, agar, agar agar, irish moss, sauerkraut, pickled vegetable, grape leaf, vine leaf, plant, root vegetable,
    mushroom, champignon, shroom, button, button mushroom, portabella, cremini, crimini, portobello, portobella,
    shiitake, shitake, porcini, chanterelle, oyster mushroom, king oyster mushroom, enoki, morel, truffle mushroom,
    salsa, picante sauce, pico de gallo, pace picante, salsa verde, guacamole, harissa, chiltomate, ginger root,
    horseradish, wasabi root, coleslaw mix, slaw mix, salad mix, stir fry vegetable, epazote
  `,
  },
  {
    kind: 'plant',
    contains: ['CELERY'],
    names: `
    celery, celeriac, celery root, celery stalk, celery rib, rib celery, rib of celery, celery stick, celery heart,
    celery seed, celery salt, celery leaf, soffritto, mirepoix
  `,
  },
  {
    kind: 'plant',
    may: ['CELERY', 'GLUTEN', 'SOYBEANS'],
    names: `
    vegetable stock, vegetable broth, vegetable bouillon, vegetable stock cube, vegetable bouillon cube, vegetable
    bouillon powder, vegetable bullion, veggie stock, veggie broth, veggie bouillon, vegetable stock powder, veg
    stock, mushroom stock, mushroom broth, onion broth, garlic broth, vegetable stock pot, low sodium vegetable broth
  `,
  },
  {
    kind: 'plant',
    names: `
    bean, green bean, wax bean, waxed bean, french bean, runner bean, kidney bean, black bean, pinto bean, pinto,
    white bean, navy bean, cannellini bean, cannelini bean, great northern bean, butter bean, lima, navy, cowpea,
    blackeye pea, succotash, winged bean, hyacinth bean, crowder pea, lima bean, fava bean, broad bean, borlotti bean,
    azuki bean, adzuki bean, azuki, red bean, mung bean, haricot bean, black eyed pea, chickpea, garbanzo, garbanzo
    bean, gram flour, besan, chickpea flour, lentil, pea, snow pea, sugar snap pea, snap pea, split pea, pigeon pea,
    dal, dahl, pulse, legume, carob, rice, bomba rice, basmati, jasmine rice, arborio, carnaroli, vialone nano,
    risotto rice, sushi rice, brown rice, wild rice, rice flour, rice noodle, rice paper, rice vermicelli, glass
    noodle, cellophane noodle, rice cake, rice bran, rice syrup, puffed rice, quinoa, millet, buckwheat, buckwheat
    groat, buckwheat flour, amaranth, teff, sorghum, corn flour, cornflour, corn starch, cornstarch, corn tortilla,
    cornmeal, polenta, grit, masa, masa harina, corn meal, arrowroot, tapioca, sago, potato starch, potato flour,
    starch, tapioca starch, tapioca flour, popcorn, chia, chia seed, flax, flax seed, flaxseed, flax seed meal,
    linseed, hemp seed, hemp heart, poppy seed, poppyseed, pumpkin seed, pepita, sunflower seed, pomegranate seed,
    melon seed, psyllium, psyllium husk, seed, chestnut
  `,
  },
  {
    kind: 'plant',
    may: ['GLUTEN'],
    names: `
    oat, rolled oat, oatmeal, oat flour, oat flake, oat bran, porridge oat, oat milk, oat cream, oat drink, gluten
    free oat
  `,
  },
  {
    kind: 'plant',
    contains: ['GLUTEN'],
    names: `
    flour, all purpose flour, plain flour, bread flour, self raising flour, self rising flour, cake flour, pastry
    flour, wheat flour, wholemeal flour, whole wheat flour, white flour, strong flour, ap flour, wheat, whole wheat, wholewheat, wholewheat flour,
    wheat germ, wheat bran, bran, wheat berry, bulgur, bulghur, bulgar, couscous, semolina, durum, spelt, spelt flour,
    rye, rye flour, whole rye flour, barley, pearl barley, barley syrup, barley malt, malt, malt extract, malt syrup,
    farro, einkorn, emmer, kamut, khorasan, triticale, freekeh, seitan, gluten, vital wheat gluten, vital gluten,
    grain, wheat grain, malt vinegar, sourdough, sourdough starter, starter, wholemeal wheat flour, white wheat flour,
    wholemeal wheat flour pizza dough, pizza dough, bread dough, filo, phyllo, filo pastry, phyllo dough, filo dough,
    marmite, vegemite, yeast extract, pizza base
  `,
  },
  {
    kind: 'plant',
    contains: ['GLUTEN'],
    names: `
    spaghetti, macaroni, macaroni elbow, elbow macaroni, penne, penne rigate, rigate, rigatoni, mostaccioli,
    mostaccioli rigati, penne rigati, fusilli, farfalle, linguine, linguini, bucatini, ziti, rotini, orzo,
    orecchiette, conchiglie, cavatappi, vermicelli, capellini, angel hair, angel hair pasta, wheat noodle, udon, udon
    noodle, soba, soba noodle, somen, baguette, ciabatta, ciabatta bread, french bread, pita, pita bread, pitta, pitta bread, focaccia,
    matzo, matzah, puffed wheat, spaghetti pasta, penne pasta, fusilli pasta, italian spaghetti, macaroni pasta,
    linguine pasta
  `,
  },
  {
    kind: 'plant',
    names: `
    salt, sea salt, kosher salt, table salt, rock salt, garlic salt, onion salt, pepper black, black pepper, white
    pepper, green pepper, red pepper, rose pepper, yellow pepper, pepper pod, peppercorn, szechuan pepper, sichuan
    pepper, sichuan peppercorn, cayenne, cayenne pepper, paprika, paprica, smoked paprika, pimenton, chili flake,
    chilli flake, red pepper flake, pepper flake, chili powder, chilli powder, red chili powder, allspice, anise,
    aniseed, star anise, annatto, achiote, asafoetida, basil, bay, bay leaf, bayleaf, laurel, loorber leaf, caraway,
    caraway seed, cardamom, cassia, chervil, cilantro, cilantro coriander, cinnamon, cinamon, cinammon, cinnamom,
    cinnamon stick, cinnamon bark, clove, coriander, coriander seed, cumin, cumin seed, curcuma, curry leaf, dill,
    dill weed, fennel seed, fenugreek, fenugreek leaf, fenugreek seed, galangal, ginger, giner, ginger syrup, giner
    syrup, herb, herbes de provence, juniper, juniper berry, kaffir lime leaf, lavender, lemongrass, lemon grass,
    lovage, mace, majoran, marjoram, mint, muskat, nutmeg, nigella, onion powder, oregano, origan, parsley,
    peppermint, spearmint, rosemary, saffron, sage, savory, sumac, tarragon, thyme, turmeric, tumeric, vanilla,
    vanilla bean, vanilla pod, vanilla sugar, powder vanilla, vanilla powder, zaatar leaf, spice, liquid smoke, mixed
    herb, italian herb, italian seasoning, italian herb seasoning, bruschetta herb, bouquet garni, aromatic, aromatic
    ingredient, flower, rose, rose petal, rose water, rosewater, orange blossom water, hibiscus, fresh herb
  `,
  },
  {
    kind: 'plant',
    may: ['CELERY', 'MUSTARD'],
    names: `
    spice blend, spice mix, mixed spice, pumpkin spice, pumpkin pie spice, garam masala, chinese five spice, chinese
    spice, five spice, ras el hanout, zaatar, cajun seasoning, creole, creole seasoning, cajun spice, cajun, tony
    chachere, old bay, old bay seasoning, moroccan spice blend, turkish spice blend, smoked paprika garlic blend,
    garlic blend, berbere, baharat, seasoned salt, seasoning salt, herb salt, lemon pepper, bread spice, adobo
    seasoning, adobo goya, adobo goya all purpose, adobo honey seasoning, dry adobo seasoning, adobo, sazon, jerk
    seasoning, pickling spice, chaat masala, tandoori masala, masala
  `,
  },
  {
    kind: 'plant',
    may: ['CELERY', 'MUSTARD', 'GLUTEN'],
    names: `
    curry powder, madras curry powder, curry, yellow curry, taco seasoning, fajita seasoning, seasoning mix,
    seasoning, steak seasoning, seasoning packet, burger seasoning
  `,
  },
  {
    kind: 'plant',
    contains: ['MUSTARD'],
    names: `
    mustard, yellow mustard, brown mustard, wholegrain mustard, mustard seed, mustard powder, dry mustard, dry mustard
    powder, mustard oil, english mustard
  `,
  },
  { kind: 'fermented', contains: ['MUSTARD'], may: ['SULPHITES'], names: `dijon, dijon mustard` },
  { kind: 'honey', contains: ['MUSTARD'], names: `honey mustard, honey dijon mustard` },
  {
    kind: 'plant',
    names: `
    sugar, brown sugar, white sugar, caster sugar, castor sugar, granulated sugar, powdered sugar, powdered white
    sugar, icing sugar, confectioner sugar, cane sugar, demerara sugar, muscovado, palm sugar, jaggery, sweetener,
    syrup, sugar syrup, maple syrup, corn syrup, golden syrup, agave, agave syrup, agave nectar, pear syrup, apple
    syrup, pear apple syrup, apple pear syrup, molasses, treacle, stevia, sucralose, aspartame, saccharin, xylitol,
    erythritol, glucose, dextrose, fructose, date syrup, pomegranate molasses, grenadine, vinegar, cider vinegar,
    apple cider vinegar, white vinegar, distilled vinegar, rice vinegar, rice wine vinegar, black vinegar, lemon
    juice, lime juice, orange juice, water, ice, ice water, ice cube, sparkling water, soda water, club soda, tonic
    water, mineral water, salted water, coffee, espresso, tea, black tea, green tea, ceylon tea, assam tea, tea bag,
    cinnamon tea bag, chai, scoby, kombucha scoby, cola, lemonade, ginger ale, ginger beer, soda pop, lemon soda,
    baking powder, cooking powder, baking soda, bicarbonate of soda, bicarb, sodium bicarbonate, cream of tartar,
    baker ammonium, ammonium, yeast, active dry yeast, instant yeast, nutritional yeast, citric acid, citric acid
    salt, acid, alum, lye, sodium hydroxide, food grade sodium hydroxide, xanthan gum, guar gum, gum arabic, food
    coloring, food colouring, cocoa, cocoa powder, cacao, cocoa butter, cacao nib, activated charcoal, msg
  `,
  },
  {
    kind: 'plant',
    names: `
    oil, olive oil, extra virgin olive oil, virgin olive oil, sunflower oil, sunflower seed oil, sunflower, rapeseed
    oil, canola oil, canola, corn oil, mazola oil, cottonseed oil, safflower, safflower oil, palm, grapeseed oil,
    avocado oil, palm oil, rice bran oil, neutral oil, frying oil, cooking oil, salad oil, oil spray, olive oil spray,
    truffle oil, chili oil, flaxseed oil
  `,
  },
  {
    kind: 'plant',
    may: ['SOYBEANS'],
    names: `
    vegetable oil, cooking spray, cooking oil spray, vegetable shortening, non stick spray, nonstick spray, nonstick
    cooking spray, vegetable cooking spray, baking spray, pam
  `,
  },
  {
    kind: 'plant',
    contains: ['SESAME'],
    names: `
    sesame, sesame seed, sesame oil, toasted sesame oil, tahini, sesame paste, gomasio, halva, halvah, hummus,
    houmous, humous
  `,
  },
  { kind: 'plant', may: ['SESAME', 'GLUTEN'], names: `falafel, falafel mix` },
  {
    kind: 'plant',
    contains: ['TREE_NUTS'],
    names: `
    almond, almond meal, almond flour, ground almond, flaked almond, almond milk, almond butter, almond paste, walnut,
    hazelnut, hazelnut meal, filbert, cashew, cashew nut, cashew paste, cashew butter, cashew milk, cashew cream,
    pecan, pistachio, macadamia, macadamia nut, brazil nut, walnut oil, hazelnut oil, almond oil, hazelnut milk
  `,
  },
  {
    kind: 'plant',
    may: ['TREE_NUTS'],
    names: `pine nut, pinenut, pine kernel, almond extract, almond essence, almond flavoring`,
  },
  {
    kind: 'plant',
    may: ['TREE_NUTS', 'PEANUTS'],
    names: `nut, mixed nut, nut butter, trail mix, nut meal, nut oil, nut topping`,
  },
  {
    kind: 'plant',
    contains: ['PEANUTS'],
    names: `
    peanut, peanut butter, peanut oil, groundnut, groundnut oil, peanut sauce, peanut flour, peanut paste, satay,
    satay sauce, arachis oil, monkey nut, peanut powder, peanut brittle
  `,
  },
  {
    kind: 'plant',
    contains: ['SOYBEANS'],
    names: `
    soy, soya, soybean, soya bean, nigari, edamame, tofu, silken tofu, bean curd, tempeh, natto, soy milk, soya milk,
    soymilk, soy cream, soy yogurt, soya yoghurt, soy protein, tvp, textured vegetable protein, soy flour, soy
    lecithin, soybean oil, soybean sprout, dou chi, douchi, fermented black bean, black bean paste, tofu skin, yuba
  `,
  },
  {
    kind: 'fermented',
    contains: ['SOYBEANS'],
    may: ['GLUTEN'],
    names: `
    miso, miso paste, tamari, tamari soy sauce, doubanjiang, la doubanjiang, douban, bean paste, chili bean paste,
    black bean sauce, gochujang, yellow bean sauce
  `,
  },
  {
    kind: 'fermented',
    contains: ['SOYBEANS', 'GLUTEN'],
    names: `
    soy sauce, soy sause, soya sauce, light soy sauce, light soy sause, dark soy sauce, dark soy sause, shoyu
  `,
  },
  { kind: 'plant', contains: ['LUPIN'], names: `lupin, lupine, lupini, lupin flour, lupin bean, lupini bean` },
  { kind: 'plant', may: ['LUPIN', 'SOYBEANS'], names: `gluten free flour, glutenfree flour, gluten free flour blend` },
];
