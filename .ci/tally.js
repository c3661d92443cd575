/**
 * Prints which tests failed, then "N passed, N failed", from what jest wrote; fails when CI should.
 * Arguments: how many other steps failed, the exit code of the script so far, and jest's JSON files, the tally's first.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [failedSteps, code, file, ...others] = process.argv.slice(2);
const problems = [];
let passed = 0;
let failed = Number(failedSteps);
let skipped = 0;

/** Last in the log, and short: what is printed above may be too long for whoever keeps it. */
function failures(results) {
  return results.testResults.flatMap((suite) => {
    const tests = suite.assertionResults.filter(({ status }) => status === 'failed');
    const told = tests.map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`);
    if (told.length === 0 && suite.status === 'failed') told.push(suite.message);
    return told.map((text) => `FAILED  ${suite.name.replace(`${process.cwd()}/`, '')}: ${brief(text)}`);
  });
}

function brief(text) {
  // eslint-disable-next-line no-control-regex -- jest colours its messages
  const lines = text.replace(/\u001B\[\d+m/g, '').split('\n');
  return lines
    .slice(0, 25)
    .map((line) => line.slice(0, 300))
    .join('\n    ');
}

try {
  const jest = JSON.parse(readFileSync(file, 'utf8'));
  passed = jest.numPassedTests;
  skipped = jest.numPendingTests + jest.numTodoTests;
  failed += jest.numFailedTests;
  // Files that could not even be loaded have no tests to count.
  failed += jest.numRuntimeErrorTestSuites;
  if (jest.numTotalTests === 0) problems.push('No test ran.');
  problems.push(...failures(jest));
  if (!jest.success && failed === 0) {
    failed += 1;
    problems.push('Jest failed without a failing test.');
  }
} catch {
  problems.push('Jest wrote no results.');
}
for (const other of others) {
  try {
    problems.push(...failures(JSON.parse(readFileSync(other, 'utf8'))));
  } catch {
    // That the step did not come to an end is told where it failed.
  }
}
const broken = Number(code) !== 0 || passed + failed === 0;
if (broken && failed === 0) failed = 1;
if (skipped > 0) problems.push(`${skipped} tests were skipped, and in CI none may be.`);

const tally = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
process.stdout.write(`${[...problems, tally].join('\n')}\n`);
process.exitCode = failed > 0 || problems.length > 0 ? 1 : 0;
