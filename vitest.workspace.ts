import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Node itself takes this one; vite would take the other build of it, and types of two builds do not mix.
const graphql = fileURLToPath(import.meta.resolve('graphql'));

const project = (name: string, include: string[], globalSetup: string[] = []) => ({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    name,
    include,
    globalSetup,
    exclude: ['**/node_modules/**', '**/generated/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // a condition that is waited for has time also on a busy machine
    expect: { poll: { timeout: 20_000 } },
    env: { APOLLO_TELEMETRY_DISABLED: 'true' },
  },
});

export default defineConfig({
  test: {
    passWithNoTests: false,
    maxWorkers: 2,
    projects: [
      project('pure', [
        'shared/{quantity,contracts,redis}/**/*.test.ts',
        'shared/service/src/*.test.ts',
        'shared/events/tests/models/*.test.ts',
        'subgraphs/*/src/domain/**/*.test.ts',
        'tests/*.test.ts',
        'tests/contract/*.test.ts',
      ]),
      // one real MongoDB and one real Redis for all of them
      project(
        'served',
        [
          'shared/{service,mongo,events}/tests/*.test.ts',
          'gateway/tests/*.test.ts',
          'bff/tests/*.test.ts',
          'subgraphs/*/tests/*.test.ts',
          'ops/tests/*.test.ts',
          'tests/{figures,manners,erasure}/*.test.ts',
        ],
        ['dev-env/src/fixture.ts'],
      ),
      // each starts servers or a whole house of its own
      project('house', ['dev-env/tests/*.test.ts', 'tests/{journeys,faults}/*.test.ts']),
    ],
  },
});
