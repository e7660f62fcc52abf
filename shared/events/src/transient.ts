import { DatabaseNotReady } from '@mealprep360/mongo/database';
import { mongo } from 'mongoose';
import { NotYet } from './commands.ts';
import { BeingSwapped, Outdated } from './swap-gate.ts';
import { VersionConflict } from './unit-of-work.ts';

const labels = ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError', 'ResetPool'];
const classes = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoClientClosedError,
  mongo.MongoExpiredSessionError,
  DatabaseNotReady,
  NotYet,
  BeingSwapped,
  Outdated,
  VersionConflict,
];

/** Whether the same work may well succeed a moment later: the database was away, a rival was faster, something is still to come. */
export const isTransient = (error: unknown): boolean =>
  classes.some(type => error instanceof type) ||
  (error instanceof mongo.MongoError && labels.some(label => error.hasErrorLabel(label)));
