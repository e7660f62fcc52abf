import { run } from '@mealprep360/service/run';
import { notifications } from './src/index.ts';

await run(notifications);
