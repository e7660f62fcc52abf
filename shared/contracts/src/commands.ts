import { z } from 'zod';
import { defineEvent } from './define.ts';
import { mealPlanState } from './mealplans.ts';
import { id } from './vocabulary.ts';

/** A request that a saga makes of another service, with what it sends and what it gets back. */
export interface CommandDefinition<Name extends string, Input extends z.ZodType, Reply extends z.ZodType> {
  name: Name;
  /** the service whose sagas ask for it */
  from: string;
  /** the service that does it */
  to: string;
  input: Input;
  reply: Reply;
}
export type AnyCommandDefinition = CommandDefinition<string, z.ZodType, z.ZodType>;

const defineCommand = <const Name extends string, Input extends z.ZodType, Reply extends z.ZodType>(
  name: Name,
  { from, to }: { from: string; to: string },
  input: Input,
  reply: Reply,
): CommandDefinition<Name, Input, Reply> => ({ name, from, to, input, reply });

const nothing = z.object({});

export const ValidateUser = defineCommand(
  'ValidateUser',
  { from: 'mealplans', to: 'users' },
  z.object({ userId: id }),
  nothing,
);
export const GenerateShoppingList = defineCommand(
  'GenerateShoppingList',
  { from: 'mealplans', to: 'shopping' },
  z.object({ plan: mealPlanState }),
  z.object({ shoppingListId: id.nullable() }),
);
export const DeleteShoppingList = defineCommand(
  'DeleteShoppingList',
  { from: 'mealplans', to: 'shopping' },
  z.object({ plan: mealPlanState }),
  nothing,
);
export const AnnounceMealPlan = defineCommand(
  'AnnounceMealPlan',
  { from: 'mealplans', to: 'notifications' },
  z.object({ plan: mealPlanState }),
  nothing,
);

/** The services that keep something of a user, beside users itself. */
export const keepers = ['recipes', 'mealplans', 'shopping', 'social', 'blog', 'notifications'] as const;
export type Keeper = (typeof keepers)[number];

const count = z.int().min(0);

/** Asks one of them to erase or anonymise all that it keeps of a user; never refused, done as soon as it can be. */
export const EraseUserData = (keeper: Keeper) =>
  defineCommand(
    'EraseUserData',
    { from: 'users', to: keeper },
    z.object({ userId: id }),
    z.object({ recordsErased: count, recordsAnonymised: count }),
  );

/** Every command that there is, once for each service that does it. */
export const commands: readonly AnyCommandDefinition[] = [
  ValidateUser,
  GenerateShoppingList,
  DeleteShoppingList,
  AnnounceMealPlan,
  ...keepers.map(EraseUserData),
];

/**
 * One step of a saga asked of another service. Commands and replies are events of their sender, with `to`; the
 * aggregate is the saga (for a reply: the saga as the participant knows it), so they stay in order per saga.
 */
export const CommandRequested = defineEvent(
  'CommandRequested',
  'Saga',
  z.object({
    sagaId: z.string(),
    step: z.int().min(0),
    command: z.string(),
    /** an undo takes back the action of the same step, also when it arrives first */
    undo: z.boolean(),
    input: z.unknown(),
    /** after this the participant refuses; null for what is told, not asked: it has for ever */
    deadline: z.coerce.date().nullable(),
  }),
);

export const CommandAnswered = defineEvent(
  'CommandAnswered',
  'SagaReply',
  z.object({
    sagaId: z.string(),
    step: z.int().min(0),
    undo: z.boolean(),
    outcome: z.enum(['DONE', 'REFUSED']),
    reply: z.unknown(),
    /** of a refusal: a stable code and a sentence */
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
);
