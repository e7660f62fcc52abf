import { z } from 'zod';
import { defineEvent } from './define.ts';
import { mealPlanState } from './mealplans.ts';
import { id } from './vocabulary.ts';

/** A request that a saga makes of another service, with what it sends and what it gets back. */
export interface CommandDefinition<Name extends string, Input extends z.ZodType, Reply extends z.ZodType> {
  name: Name;
  to: string;
  input: Input;
  reply: Reply;
}
export type AnyCommandDefinition = CommandDefinition<string, z.ZodType, z.ZodType>;

const defineCommand = <const Name extends string, Input extends z.ZodType, Reply extends z.ZodType>(
  name: Name,
  to: string,
  input: Input,
  reply: Reply,
): CommandDefinition<Name, Input, Reply> => ({ name, to, input, reply });

const nothing = z.object({});

export const ValidateUser = defineCommand('ValidateUser', 'users', z.object({ userId: id }), nothing);
export const GenerateShoppingList = defineCommand(
  'GenerateShoppingList',
  'shopping',
  z.object({ plan: mealPlanState }),
  z.object({ shoppingListId: id.nullable() }),
);
export const DeleteShoppingList = defineCommand(
  'DeleteShoppingList',
  'shopping',
  z.object({ plan: mealPlanState }),
  nothing,
);
export const AnnounceMealPlan = defineCommand(
  'AnnounceMealPlan',
  'notifications',
  z.object({ plan: mealPlanState }),
  nothing,
);

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
