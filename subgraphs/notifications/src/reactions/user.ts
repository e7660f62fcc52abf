import { keepsCopy } from '@mealprep360/events/copy';
import { userCopy } from '../models/user-copy.ts';

export const user = keepsCopy(userCopy);
