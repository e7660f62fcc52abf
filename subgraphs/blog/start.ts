import { run } from '@mealprep360/service/run';
import { blog } from './src/index.ts';

await run(blog);
