import { collection } from '@mealprep360/mongo/collection';

export const rows = collection<{ _id: string; by: string }>('rows', { by: String });
