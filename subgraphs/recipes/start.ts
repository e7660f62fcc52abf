import { run } from '@mealprep360/service/run';
import { recipes } from './src/index.ts';

await run(recipes);
