// Every test, on the real servers. Ends with one plain line, "N passed, N failed", and fails when no test ran.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, onNode24, prepare, say } from './bootstrap.mjs';

await main(async () => {
  await prepare();
  const folder = mkdtempSync(join(tmpdir(), 'mealprep360-report-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.workspace.ts'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await onNode24([...vitest, ...reporters, ...process.argv.slice(2)]);
    return summary(code, existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function summary(code, report) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  // a file that does not load, or an error between tests, fails the run without failing a test
  const unrun = (report?.testResults ?? []).filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = Math.max((report?.numFailedTests ?? 0) + unrun.length, code === 0 ? 0 : 1);
  if (passed + failed === 0) process.stderr.write('mealprep360: no test ran.\n');
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return code !== 0 ? code : failed > 0 || passed === 0 ? 1 : 0;
}
