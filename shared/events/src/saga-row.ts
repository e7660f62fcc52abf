import { collection } from '@mealprep360/mongo/collection';
import { Schema } from 'mongoose';
import { operatorActions, type OperatorAction } from './operator.ts';
import type { SagaFailure } from './saga.ts';
import type { Actor } from './unit-of-work.ts';

/** A saga under way, or one that ended: all that is needed to go on with it. */
export interface SagaRow {
  _id: string;
  type: string;
  state: 'RUNNING' | 'COMPENSATING' | 'COMPLETED' | 'COMPENSATED';
  /** whose move it is while it is RUNNING or COMPENSATING: the orchestrator's, or a participant's who was asked */
  turn: 'OURS' | 'THEIRS';
  /** the step to be done */
  step: number;
  /** steps whose undo was asked of a participant and is not answered yet; the last answer ends the saga */
  undoing: number[];
  input: unknown;
  replies: Record<string, unknown>;
  failure: SagaFailure | null;
  /** until when the participant has to answer; null when none is asked, or for an undo, which has for ever */
  stepDeadline: Date | null;
  /** until when it is to be past its pivot; null: it has for ever */
  deadline: Date | null;
  /** when somebody should look why it is not done; null when nobody has to, or was told */
  alarmAt: Date | null;
  /** when somebody was told to look */
  alarmedAt: Date | null;
  /** the number of events that it said */
  version: number;
  actor: Actor;
  createdAt: Date;
  updatedAt: Date;
  operatorActions?: OperatorAction[];
}

const object = Schema.Types.Mixed;
export const sagaRows = collection<SagaRow>(
  'sagas',
  {
    type: { type: String, required: true },
    state: { type: String, required: true, enum: ['RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED'] },
    turn: { type: String, required: true, enum: ['OURS', 'THEIRS'] },
    step: { type: Number, required: true },
    undoing: { type: [Number], required: true },
    input: object,
    replies: object,
    failure: object,
    stepDeadline: Date,
    deadline: Date,
    alarmAt: Date,
    alarmedAt: Date,
    version: { type: Number, required: true },
    actor: object,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    operatorActions,
  },
  [[{ state: 1, turn: 1 }], [{ state: 1, _id: 1 }], [{ 'actor.userId': 1 }]],
);
