import { run } from '@mealprep360/service/run';
import { users } from './src/index.ts';

await run(users);
