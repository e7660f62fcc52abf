import type { RecipeState } from '@mealprep360/contracts/recipes';
import { collection } from '@mealprep360/mongo/collection';
import { openDatabase, type Database } from '@mealprep360/mongo/database';
import { recipeCopyCollection } from '@mealprep360/mealplans/models/recipe-copy';
import { z } from 'zod';

/** Where the two sides are: nobody else uses these databases or this Redis meanwhile. */
export const place = z.object({
  mongodb: z.string(),
  redis: z.string(),
  /** what both databases' names begin with */
  name: z.string(),
  signingKeyFiles: z.object({ recipes: z.string(), mealplans: z.string() }),
  publicKeysFile: z.string(),
  /** of the owner */
  port: z.number(),
});
export type Place = z.infer<typeof place>;

/** The owner of recipes: each one sent is written to its database, and said. */
export interface Sender {
  /**
   * Resolves when it is written and handed over, with the moment at which it was written; what comes of it is the
   * carrier's affair. Throws when the carrier refuses it, written or not.
   */
  send: (recipe: RecipeState) => Promise<number>;
}

/** Keeps a copy of each recipe that it hears of. */
export interface Receiver {
  /** Makes the copy anew from history; how many events it read in a second. */
  rebuild?: () => Promise<number>;
}

/** A way to bring what one process wrote to another. */
export interface Carrier {
  sender: (place: Place) => Promise<Sender>;
  receiver: (place: Place) => Promise<Receiver>;
}

/** A recipe as its owner keeps it here: the one write that each event is about. */
export const ownedRecipes = collection<RecipeState & { _id: string }>('owned_recipes', { _id: String });

export const ownerDatabase = ({ name }: Pick<Place, 'name'>): string => `${name}_recipes`;
export const copyDatabase = ({ name }: Pick<Place, 'name'>): string => `${name}_mealplans`;

export async function openOwned(at: Place): Promise<Database> {
  return opened(at, ownerDatabase(at), ownedRecipes);
}

export async function openCopies(at: Pick<Place, 'mongodb' | 'name'>): Promise<Database> {
  return opened(at, copyDatabase(at), recipeCopyCollection);
}

async function opened(
  { mongodb }: Pick<Place, 'mongodb'>,
  name: string,
  declared: Parameters<typeof openDatabase>[0]['collections'][number],
): Promise<Database> {
  const onError = (error: unknown) => process.stderr.write(`${name}: ${String(error)}\n`);
  const db = openDatabase({ uri: mongodb, name, collections: [declared], appName: 'bench', onError });
  await db.ready;
  return db;
}

/** Keeps a copy without asking what is there: the one write of those who carry no versions. */
export async function keepPlainly(db: Database, recipe: RecipeState): Promise<void> {
  const set = { $set: { version: 1, state: recipe }, $currentDate: { updatedAt: true } } as const;
  await db.raw(recipeCopyCollection).updateOne({ _id: recipe.id }, set, { upsert: true });
}
