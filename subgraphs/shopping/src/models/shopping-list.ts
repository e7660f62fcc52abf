import type { ShoppingListState } from '@mealprep360/contracts/shopping';
import { collection, inline } from '@mealprep360/mongo/collection';
import type { Viewer } from '@mealprep360/service/tokens';

export interface Collaborator {
  userId: string;
  role: 'EDITOR' | 'VIEWER';
}

/** A list as stored; its items stand in a collection of their own and share its version. */
export interface ShoppingListRecord {
  _id: string;
  ownerId: string;
  name: string;
  collaborators: Collaborator[];
  /** the owner and the collaborators: whose list it is */
  memberIds: string[];
  /** the plans it buys for; a plan stands on one list */
  mealPlanIds: string[];
  /** the recipes that its plans need, also those that are awaited */
  recipeIds: string[];
  storeId: string | null;
  status: 'ACTIVE' | 'ARCHIVED';
  /** counts changes of the list and of its items, from 1 */
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** when its plans were last compared with it, whether or not that changed anything */
  comparedAt: Date;
}

const required = { type: String, required: true };
const date = { type: Date, required: true };

export const shoppingListCollection = collection<ShoppingListRecord>(
  'shopping_lists',
  {
    ownerId: required,
    name: { type: String, required: true, maxlength: 100 },
    collaborators: [inline({ userId: required, role: { type: String, required: true, enum: ['EDITOR', 'VIEWER'] } })],
    memberIds: [String],
    mealPlanIds: [String],
    recipeIds: [String],
    storeId: { type: String, default: null },
    status: { type: String, required: true, enum: ['ACTIVE', 'ARCHIVED'] },
    version: { type: Number, required: true, min: 1 },
    createdAt: date,
    updatedAt: date,
    comparedAt: date,
  },
  [
    [{ memberIds: 1, createdAt: -1, _id: -1 }],
    [{ recipeIds: 1 }],
    // A plan stands on one list, however often and however parallel it is asked for.
    [{ mealPlanIds: 1 }, { unique: true, partialFilterExpression: { 'mealPlanIds.0': { $exists: true } } }],
  ],
);

/** The lists that buy for these plans; the second condition lets the index answer. */
export const forPlans = (planIds: readonly string[]) => ({
  mealPlanIds: { $in: [...planIds] },
  'mealPlanIds.0': { $exists: true },
});

/** The lists that a viewer may see: their own, and those that others share with them. */
export const visibleTo = (viewer: Viewer) => ({ memberIds: viewer.userId ?? { $in: [] as string[] } });

export const mayEdit = (list: ShoppingListRecord, userId: string): boolean =>
  list.ownerId === userId || list.collaborators.some(other => other.userId === userId && other.role === 'EDITOR');

/** What the other rooms hear of a list. */
export const shoppingListStateOf = (
  list: ShoppingListRecord,
  itemCount: number,
  cause: ShoppingListState['cause'],
): ShoppingListState => ({
  id: list._id,
  name: list.name,
  ownerId: list.ownerId,
  collaboratorIds: list.collaborators.map(other => other.userId),
  mealPlanIds: list.mealPlanIds,
  itemCount,
  status: list.status,
  cause,
});
