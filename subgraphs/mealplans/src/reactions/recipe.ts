import { keepsCopy } from '@mealprep360/events/copy';
import { recipeCopyCollection } from '../models/recipe-copy.ts';

// Plans keep the id of a recipe that is gone: the graph then answers the recipe with null.
export const recipe = keepsCopy(recipeCopyCollection);
