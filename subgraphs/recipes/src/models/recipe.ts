import { collection, inline } from '@mealprep360/mongo/collection';
import type { Viewer } from '@mealprep360/service/tokens';
import type { RecipeState } from '@mealprep360/contracts/recipes';
import {
  allergen,
  certainty,
  restrictedDiet,
  visibility,
  type Allergen,
  type RestrictedDiet,
} from '@mealprep360/contracts/vocabulary';
import type { RecipeContent } from '../domain/recipe-content.ts';

export interface AllergenFinding {
  allergen: Allergen;
  certainty: 'CONTAINS' | 'MAY_CONTAIN';
  /** the lines that say so, as written */
  because: string[];
}

/** A recipe as stored: what its author wrote, what was derived of it, and the sum of its ratings. */
export interface RecipeRecord extends RecipeContent {
  _id: string;
  slug: string;
  /** null for recipes that came with the system */
  ownerId: string | null;
  totalMinutes: number | null;
  suitableForDiet: RestrictedDiet[];
  allergens: AllergenFinding[];
  /** the keys of its foods, for filters */
  foods: string[];
  /** counts edits only, from 1 */
  version: number;
  ratingSum: number;
  ratingCount: number;
  datePublished: Date;
  dateModified: Date;
}

const amount = { type: Number, default: null, min: 0 };
const text = { type: String, default: null };
const step = inline({ text: { type: String, required: true }, image: text });

export const recipeCollection = collection<RecipeRecord>(
  'recipes',
  {
    slug: { type: String, required: true },
    ownerId: text,
    title: { type: String, required: true, maxlength: 200 },
    description: text,
    image: [String],
    recipeYield: text,
    prepTime: text,
    cookTime: text,
    totalTime: text,
    totalMinutes: amount,
    recipeIngredient: [String],
    recipeInstructions: [inline({ name: text, steps: [step] })],
    categoryIds: [String],
    recipeCuisine: [String],
    keywords: [String],
    nutrition: {
      type: inline({
        servingSize: text,
        calories: amount,
        fatContent: amount,
        saturatedFatContent: amount,
        carbohydrateContent: amount,
        fiberContent: amount,
        sugarContent: amount,
        proteinContent: amount,
        sodiumContent: amount,
        cholesterolContent: amount,
      }),
      default: null,
    },
    suitableForDiet: [{ type: String, enum: restrictedDiet.options }],
    allergens: [
      inline({
        allergen: { type: String, enum: allergen.options, required: true },
        certainty: { type: String, enum: certainty.options, required: true },
        because: [String],
      }),
    ],
    foods: [String],
    visibility: { type: String, enum: visibility.options, required: true },
    sourceUrl: text,
    creditText: text,
    license: text,
    version: { type: Number, required: true, min: 1 },
    ratingSum: { type: Number, required: true, min: 0 },
    ratingCount: { type: Number, required: true, min: 0 },
    datePublished: { type: Date, required: true },
    dateModified: { type: Date, required: true },
  },
  [
    [{ slug: 1 }, { unique: true }],
    [{ ownerId: 1, datePublished: -1, _id: -1 }],
    [{ visibility: 1, datePublished: -1, _id: -1 }],
    [{ categoryIds: 1, datePublished: -1, _id: -1 }],
    [{ foods: 1 }],
    // The source of a recipe that came with the system: loading it twice finds it there.
    [{ sourceUrl: 1 }, { unique: true, partialFilterExpression: { ownerId: null, sourceUrl: { $type: 'string' } } }],
    [
      { title: 'text', keywords: 'text', recipeCuisine: 'text', recipeIngredient: 'text', description: 'text' },
      {
        name: 'search',
        weights: { title: 10, keywords: 5, recipeCuisine: 5, recipeIngredient: 3, description: 1 },
        default_language: 'english',
        language_override: '_language',
      },
    ],
  ],
);

/** What the other rooms hear of a recipe. */
export const recipeStateOf = (recipe: RecipeRecord): RecipeState => ({
  id: recipe._id,
  slug: recipe.slug,
  title: recipe.title,
  description: recipe.description,
  ownerId: recipe.ownerId,
  visibility: recipe.visibility,
  recipeYield: recipe.recipeYield,
  recipeIngredient: recipe.recipeIngredient,
  suitableForDiet: recipe.suitableForDiet,
  allergens: recipe.allergens.map(finding => ({ allergen: finding.allergen, certainty: finding.certainty })),
  recipeCategory: recipe.categoryIds,
  recipeCuisine: recipe.recipeCuisine,
  keywords: recipe.keywords,
  totalMinutes: recipe.totalMinutes,
  lastUpdated: recipe.dateModified,
});

/** The recipes that a viewer may open by id or slug: all but other people's private ones. */
export const visibleTo = (viewer: Viewer) =>
  viewer.userId === null
    ? { visibility: { $in: ['PUBLIC' as const, 'UNLISTED' as const] } }
    : { $or: [{ visibility: { $in: ['PUBLIC' as const, 'UNLISTED' as const] } }, { ownerId: viewer.userId }] };

/** The recipes that stand in a viewer's lists: the public ones, and all of one's own. */
export const listedFor = (viewer: Pick<Viewer, 'userId'>) =>
  viewer.userId === null
    ? { visibility: 'PUBLIC' as const }
    : { $or: [{ visibility: 'PUBLIC' as const }, { ownerId: viewer.userId }] };
