import type { CommandDefinition } from '@mealprep360/contracts/commands';
import { collection } from '@mealprep360/mongo/collection';
import { Schema } from 'mongoose';
import type { z } from 'zod';
import type { Actor } from './unit-of-work.ts';

/** Thrown by a command (or a saga's own step): something that it needs has not arrived; it is tried again. */
export class NotYet extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotYet';
  }
}

/** Thrown by a command (or a saga's own step): it will not be done, and the saga takes back what it did so far. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}

/**
 * Returned by a command that did a part, so that no transaction grows with what there is: the part is committed, and
 * the command is called again with this progress.
 */
export class Unfinished<Progress = unknown> {
  readonly progress: Progress;
  constructor(progress: Progress) {
    this.progress = progress;
  }
}

/** What a participant does for other services' sagas. */
export interface Command<Work> {
  name: string;
  /** the service whose sagas ask for it */
  from: string;
  /** whether it is done also on behalf of a user whose account is gone */
  forTheGone: boolean;
  /** `progress` is what it returned as Unfinished before; null at first */
  run: (input: unknown, work: Work, progress: unknown) => Promise<unknown>;
  /** null when there is nothing to take back */
  undo: ((input: unknown, work: Work) => Promise<unknown>) | null;
}

/**
 * Declares how this service does a command, each time in a transaction of its own together with the answer. `run`
 * answers with its reply; throws NotYet to be tried again until the deadline, Refused to decline. `undo` takes an
 * action back that was done; it is given the same input and must succeed in the end.
 */
export const command =
  <Work>() =>
  <Name extends string, Input extends z.ZodType, Reply extends z.ZodType>(
    definition: CommandDefinition<Name, Input, Reply>,
    {
      run,
      undo,
      forTheGone = false,
    }: {
      run: (input: z.output<Input>, work: Work, progress: unknown) => Promise<z.input<Reply> | Unfinished>;
      undo?: (input: z.output<Input>, work: Work) => Promise<unknown>;
      forTheGone?: boolean;
    },
  ): Command<Work> => ({
    name: definition.name,
    from: definition.from,
    forTheGone,
    run: async (input, work, progress) => {
      const result = await run(definition.input.parse(input), work, progress);
      return result instanceof Unfinished ? result : definition.reply.parse(result);
    },
    undo: undo ? (input, work) => undo(definition.input.parse(input), work) : null,
  });

/** One step of a saga that this service was asked for. */
export interface CommandRow {
  /** `<saga id>:<step>` */
  _id: string;
  sagaId: string;
  step: number;
  command: string;
  /** null when its user was erased */
  input: unknown;
  /** of a command that is done part by part: how far it is */
  progress?: unknown;
  /** the orchestrating service, whom the answers go to */
  from: string;
  actor: Actor;
  /** WAITING and UNDOING are to be worked on; UNDONE also when the undo came before the action, which is then never done */
  state: 'WAITING' | 'DONE' | 'REFUSED' | 'UNDOING' | 'UNDONE';
  /** after this the action is refused; null: it has for ever */
  deadline: Date | null;
  createdAt: Date;
}

const object = Schema.Types.Mixed;
export const commandRows = collection<CommandRow>(
  'commands',
  {
    sagaId: { type: String, required: true },
    step: { type: Number, required: true },
    command: { type: String, required: true },
    input: object,
    progress: object,
    from: { type: String, required: true },
    actor: object,
    state: { type: String, required: true, enum: ['WAITING', 'DONE', 'REFUSED', 'UNDOING', 'UNDONE'] },
    deadline: Date,
    createdAt: { type: Date, required: true },
  },
  [[{ state: 1, createdAt: 1 }], [{ 'actor.userId': 1 }]],
);
