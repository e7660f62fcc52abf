import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// Pure packages need no server; the rest share one real MongoDB and one real Redis per run.
const served = ['shared/service', 'shared/mongo', 'shared/events', 'gateway', 'subgraphs/*', 'tests', 'bench'];

const project = (name: string, include: string[], globalSetup: string[]) => ({
  test: {
    name,
    include,
    globalSetup,
    exclude: ['**/node_modules/**', '**/generated/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { APOLLO_TELEMETRY_DISABLED: 'true' },
  },
});

const fixture = existsSync('dev-env/src/fixture.ts') ? ['dev-env/src/fixture.ts'] : [];

export default defineConfig({
  test: {
    passWithNoTests: false,
    maxWorkers: 2,
    projects: [
      project('pure', ['shared/{quantity,contracts}/**/*.test.ts', 'subgraphs/*/src/domain/**/*.test.ts'], []),
      project('served', served.map(folder => `${folder}/tests/**/*.test.ts`).concat('tests/**/*.test.ts'), fixture),
      project('house', ['dev-env/tests/**/*.test.ts'], []),
    ],
  },
});
