import { Types } from 'mongoose';

/** A new entity id: 24 hexadecimal digits, roughly ascending in time. */
export const newId = (): string => new Types.ObjectId().toHexString();
