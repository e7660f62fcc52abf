import { collection } from '@mealprep360/mongo/collection';

interface Checkpoint {
  /** `<speaker>:<partition>` */
  _id: string;
  /** the number of the last event applied */
  seq: number;
}

/** How far this service has applied what others say. */
export const checkpoints = collection<Checkpoint>('checkpoints', { seq: { type: Number, required: true } });

export const checkpointId = (speaker: string, partition: number): string => `${speaker}:${partition}`;
