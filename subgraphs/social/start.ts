import { run } from '@mealprep360/service/run';
import { social } from './src/index.ts';

await run(social);
