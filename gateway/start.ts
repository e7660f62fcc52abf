import { ConfigError, gatewayConfig } from '@mealprep360/service/config';
import { untilTerminated } from '@mealprep360/service/termination';
import { startGateway } from './src/gateway.ts';

try {
  const gateway = await startGateway(gatewayConfig());
  await untilTerminated();
  await gateway.stop();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`gateway cannot start:\n${error.message}\n`);
  process.exitCode = 1;
}
