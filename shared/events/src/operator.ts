import { Schema } from 'mongoose';

/** What an operator did to a row, in whose name, and why. */
export interface OperatorAction {
  action: string;
  /** the person, as their tool names them */
  by: string;
  /** null where none is asked for */
  reason: string | null;
  at: Date;
}

/** Who wants something done, and why. */
export type Operator = Pick<OperatorAction, 'by' | 'reason'>;

/** The field of a row that keeps what operators did to it, the first first. */
export const operatorActions = { type: [Schema.Types.Mixed], default: undefined };

/** What an operator asked for is not done, for a reason that a person can understand. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
}

/** A part of a long list, and where the next one begins; null when there is none. */
export interface Part<Row> {
  rows: Row[];
  next: string | null;
}

/** Cuts a part out of what was found, which is one more than wanted where there is more. */
export const partOf = <Row extends { _id: string }>(found: Row[], limit: number): Part<Row> => ({
  rows: found.slice(0, limit),
  next: found.length > limit ? (found[limit - 1]?._id ?? null) : null,
});
