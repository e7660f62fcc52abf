import { bffConfig, ConfigError } from '@mealprep360/service/config';
import { untilTerminated } from '@mealprep360/service/termination';
import { startBff } from './src/bff.ts';

try {
  const bff = await startBff(bffConfig());
  await untilTerminated();
  await bff.stop();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`bff cannot start:\n${error.message}\n`);
  process.exitCode = 1;
}
