import { latency } from './figures/events-latency.ts';
import { log } from './figures/events-log.ts';
import { rivals } from './figures/events-rivals.ts';
import { saga } from './figures/events-saga.ts';
import { runFigures } from './run-figures.ts';

process.exitCode = await runFigures('npm run bench:events', [latency, log, saga, rivals], process.argv.slice(2));
