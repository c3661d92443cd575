/**
 * Prints "N passed, N failed" from what jest wrote, and fails when CI should.
 * Arguments: jest's JSON file, how many other steps failed, the exit code of the script so far.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [file, failedSteps, code] = process.argv.slice(2);
const problems = [];
let passed = 0;
let failed = Number(failedSteps);
let skipped = 0;

try {
  const jest = JSON.parse(readFileSync(file, 'utf8'));
  passed = jest.numPassedTests;
  skipped = jest.numPendingTests + jest.numTodoTests;
  failed += jest.numFailedTests;
  // Files that could not even be loaded have no tests to count.
  failed += jest.numRuntimeErrorTestSuites;
  if (jest.numTotalTests === 0) problems.push('No test ran.');
  if (!jest.success && failed === 0) {
    failed += 1;
    problems.push('Jest failed without a failing test.');
  }
} catch {
  problems.push('Jest wrote no results.');
}
const broken = Number(code) !== 0 || passed + failed === 0;
if (broken && failed === 0) failed = 1;
if (skipped > 0) problems.push(`${skipped} tests were skipped, and in CI none may be.`);

const tally = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
process.stdout.write(`${[...problems, tally].join('\n')}\n`);
process.exitCode = failed > 0 || problems.length > 0 ? 1 : 0;
