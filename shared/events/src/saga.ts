import type { CommandDefinition } from '@mealprep360/contracts/commands';
import type { z } from 'zod';

/** What a step may know of its saga. */
export interface SagaView<Input> {
  id: string;
  input: Input;
  /** what participants replied, by the command's name; read it by `replyOf` */
  replies: Record<string, unknown>;
  /** why it is being taken back; null while it goes forward */
  failure: SagaFailure | null;
}

export interface SagaFailure {
  code: string;
  message: string;
  step: number;
}

type Effect<Input, Work> = (saga: SagaView<Input>, work: Work) => Promise<unknown>;

/**
 * What a step of one's own returns that did a part: that is committed, and the step is called again. Only one after the
 * pivot may: what is done in part could not be taken back.
 */
export const unfinished = Symbol('unfinished');

/** What one of several services answered that were asked at once. */
export interface Answered {
  at: Date;
  reply: unknown;
}

// Methods, not function fields: sagas of different inputs stand in one list, and each is only given its own.
interface HereStep<Input, Work> {
  kind: 'here';
  name: string;
  run(saga: SagaView<Input>, work: Work): Promise<unknown>;
  undo?(saga: SagaView<Input>, work: Work): Promise<unknown>;
  pivot: boolean;
}
interface AskStep<Input> {
  kind: 'ask' | 'tell';
  name: string;
  to: string;
  input(input: Input, saga: SagaView<Input>): unknown;
  when(input: Input): boolean;
  undo: string | null;
}
interface AllStep<Input> {
  kind: 'all';
  name: string;
  asks: readonly AskStep<Input>[];
}
export type Step<Input, Work> = HereStep<Input, Work> | AskStep<Input> | AllStep<Input>;

/** A long transaction over several services, as data: what is done in which order, and how each step is taken back. */
export interface Saga<Input, Work> {
  type: string;
  /** milliseconds for all that stands before the pivot; null: as long as it takes */
  within: number | null;
  /** milliseconds that a participant has to answer; null: as long as it takes */
  perStep: number | null;
  /** milliseconds after which somebody should look why it is not done yet; null: its deadline tells */
  alarmAfter: number | null;
  steps: readonly Step<Input, Work>[];
}

type AnyDefinition<Input extends z.ZodType> = CommandDefinition<string, Input, z.ZodType>;

export const seconds = (count: number): number => count * 1000;

/** A step in the orchestrator's own room, inside the saga's transaction. The pivot is the point of no return. */
export const here = <Input, Work>(
  name: string,
  run: Effect<Input, Work>,
  options: { undo?: Effect<Input, Work>; pivot?: boolean } = {},
): Step<Input, Work> => ({
  kind: 'here',
  name,
  run,
  ...(options.undo && { undo: options.undo }),
  pivot: options.pivot ?? false,
});

/** A step asked of another service, which answers; `undo` names what takes it back, with the same input. */
export const ask = <Input, Sent extends z.ZodType>(
  definition: AnyDefinition<Sent>,
  input: (input: Input, saga: SagaView<Input>) => z.input<Sent>,
  options: { when?: (input: Input) => boolean; undo?: AnyDefinition<Sent> } = {},
): AskStep<Input> => ({ ...asked(definition, input, options.when), kind: 'ask', undo: options.undo?.name ?? null });

/**
 * A step after the pivot, asked of several services at once, one command each; it is done when all have answered,
 * however long that takes.
 */
export const all = <Input, Work>(name: string, asks: readonly AskStep<Input>[]): Step<Input, Work> => ({
  kind: 'all',
  name,
  asks,
});

/** Something told to another service after the pivot: done as soon as it can, never awaited, never undone. */
export const tell = <Input, Work, Sent extends z.ZodType>(
  definition: AnyDefinition<Sent>,
  input: (input: Input, saga: SagaView<Input>) => z.input<Sent>,
  options: { when?: (input: Input) => boolean } = {},
): Step<Input, Work> => ({ ...asked(definition, input, options.when), kind: 'tell', undo: null });

const asked = <Input, Sent extends z.ZodType>(
  definition: AnyDefinition<Sent>,
  input: (input: Input, saga: SagaView<Input>) => z.input<Sent>,
  when: (input: Input) => boolean = () => true,
): Pick<AskStep<Input>, 'name' | 'to' | 'input' | 'when'> => ({
  name: definition.name,
  to: definition.to,
  input: (given, view) => definition.input.parse(input(given, view)),
  when,
});

/** Declares a saga. Throws when a step that waits or can be undone stands after the pivot, or one that is told before. */
export function saga<Input, Work>(
  type: string,
  { alarmAfter = null, ...times }: Pick<Saga<Input, Work>, 'within' | 'perStep'> & { alarmAfter?: number | null },
  steps: readonly Step<Input, Work>[],
): Saga<Input, Work> {
  steps.forEach((step, index) => {
    const isAfter = isPastPivot({ steps }, index);
    const isOut = isAfter ? step.kind === 'ask' || ('undo' in step && step.kind === 'here') : step.kind === 'tell';
    if (isOut || (step.kind === 'all' && !isAfter)) {
      throw new Error(`${type}: ${step.name} stands on the wrong side of the pivot`);
    }
  });
  return { type, ...times, alarmAfter, steps };
}

/** Whether a step stands after the point of no return, so that its saga only goes forward. */
export function isPastPivot<Input, Work>({ steps }: Pick<Saga<Input, Work>, 'steps'>, index: number): boolean {
  const pivot = steps.findIndex(step => step.kind === 'here' && step.pivot);
  return pivot >= 0 && index > pivot;
}

/** What a participant replied to a command of this saga; undefined when it was not asked (yet). */
export const replyOf = <Reply extends z.ZodType>(
  definition: CommandDefinition<string, z.ZodType, Reply>,
  { replies }: SagaView<unknown>,
): z.output<Reply> | undefined =>
  definition.name in replies ? definition.reply.parse(replies[definition.name]) : undefined;

/** What the services answered so far that were asked at once, by service. */
export const answersOf = (name: string, replies: Record<string, unknown>): Record<string, Answered> =>
  (replies[name] ?? {}) as Record<string, Answered>;
