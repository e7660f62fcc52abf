import { run } from '@mealprep360/service/run';
import { shopping } from './src/index.ts';

await run(shopping);
