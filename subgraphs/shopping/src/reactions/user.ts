import { keepsCopy } from '@mealprep360/events/copy';
import { userCopyCollection } from '../models/user-copy.ts';

export const user = keepsCopy(userCopyCollection);
