/**
 * Prints which tests failed and which did so once only, then "N passed, N failed", from what jest wrote; fails when CI
 * should. Arguments: how many other steps failed, 1 if jest's did, the exit code of the script so far, and jest's JSON
 * files, the tally's first.
 */
import process from 'node:process';
import { failures, readRun } from './results.js';

const [failedSteps, testsFailed, code, ...files] = process.argv.slice(2);
const problems = [];
const notes = [];
let passed = 0;
let failed = Number(failedSteps);
let skipped = 0;

for (const [at, file] of files.entries()) {
  let run;
  try {
    run = readRun(file);
  } catch {
    // Of the others, that the step did not come to an end is told where it failed.
    if (at === 0) problems.push('Jest wrote no results.');
    continue;
  }
  problems.push(...run.testResults.flatMap(failures).map((told) => `FAILED  ${told}`));
  notes.push(...run.unsteady.flatMap(failures).map((told) => `UNSTEADY, passed when its file was run again  ${told}`));
  if (at > 0) continue;
  const tests = run.testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...wanted) => tests.filter(({ status }) => wanted.includes(status)).length;
  passed = count('passed');
  skipped = count('pending', 'todo', 'disabled');
  failed += count('failed');
  // Files that could not even be loaded have no tests to count.
  failed += run.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length;
  if (tests.length === 0) problems.push('No test ran.');
}
if (Number(testsFailed) !== 0 && failed === Number(failedSteps)) {
  failed += 1;
  problems.push('Jest ended badly, or not at all, though no test failed.');
}
const broken = Number(code) !== 0 || passed + failed === 0;
if (broken && failed === 0) failed = 1;
if (skipped > 0) problems.push(`${skipped} tests were skipped, and in CI none may be.`);

const tally = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
process.stdout.write(`${[...notes, ...problems, tally].join('\n')}\n`);
process.exitCode = failed > 0 || problems.length > 0 ? 1 : 0;
