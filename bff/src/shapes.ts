import { z } from 'zod';

// What the screens show of each thing. Names and meaning are the graph's.

const id = z.string();
const dateTime = z.string().describe('RFC 3339');
const localDate = z.string().describe('YYYY-MM-DD');

/** A page of the graph as a plain list: of its nodes, or of its edges' nodes with what the edges say. */
const listOf = <Shape extends z.ZodType>(shape: Shape) => z.preprocess(page => plainList(page), z.array(shape));

const ofNodes = z.object({ nodes: z.array(z.unknown()) }).transform(({ nodes }) => nodes);
const ofEdges = z
  .object({ edges: z.array(z.looseObject({ node: z.looseObject({}) })) })
  .transform(({ edges }) => edges.map(({ node, ...edge }) => ({ ...edge, ...node })));

const plainList = (page: unknown): unknown => z.union([ofNodes, ofEdges]).safeParse(page).data;

export const user = z.object({ id, displayName: z.string().nullable(), avatar: z.string().nullable() });

const recipe = z.object({
  id,
  slug: z.string(),
  title: z.string(),
  image: z.array(z.string()),
  totalTime: z.string().nullable().describe('ISO 8601 duration'),
});

export const recentMealPlans = listOf(
  z.object({
    id,
    name: z.string().nullable(),
    startDate: localDate,
    endDate: localDate,
    status: z.string(),
    updatedAt: dateTime,
  }),
);

export const recommendedRecipes = listOf(recipe.extend({ reasons: z.array(z.string()) }));

export const notifications = listOf(
  z.object({ id, type: z.string(), title: z.string(), body: z.string(), createdAt: dateTime }),
);

export const todaysMeals = z.array(
  z.object({
    id,
    date: localDate,
    mealType: z.string(),
    servings: z.number(),
    note: z.string().nullable(),
    cookedAt: dateTime.nullable(),
    recipe: recipe.nullable(),
  }),
);

export const shoppingList = z.object({
  id,
  name: z.string(),
  version: z.int(),
  updatedAt: dateTime,
  itemsByAisle: z.array(
    z.object({
      aisle: z.string(),
      items: z.array(z.object({ id, food: z.string(), display: z.string(), checked: z.boolean(), version: z.int() })),
    }),
  ),
});
