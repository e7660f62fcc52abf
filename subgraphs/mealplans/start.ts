import { run } from '@mealprep360/service/run';
import { mealplans } from './src/index.ts';

await run(mealplans);
