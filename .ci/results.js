/** What jest wrote of a run, with the files that failed in it as they went when they were run again, if they were. */
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** More than these are no accident. */
export const MOST_RUN_AGAIN = 3;

/** @throws when there is nothing to read, or it is no JSON */
export function readRun(file) {
  const run = read(file);
  const again = againOf(file);
  if (!existsSync(again)) return { ...run, unsteady: [] };
  const second = new Map(read(again).testResults.map((suite) => [suite.name, suite]));
  const unsteady = run.testResults.filter(({ name }) => second.get(name)?.status === 'passed');
  const testResults = run.testResults.map((suite) => second.get(suite.name) ?? suite);
  return { testResults, unsteady };
}

export function failedFiles(file) {
  return read(file)
    .testResults.filter(({ status }) => status === 'failed')
    .map(({ name }) => name);
}

export function againOf(file) {
  return file.replace(/\.json$/, '-again.json');
}

/** Each failed test of a file with its first lines, or why the file could not be run. */
export function failures(suite) {
  const tests = suite.assertionResults.filter(({ status }) => status === 'failed');
  const told = tests.map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`);
  if (told.length === 0 && suite.status === 'failed') told.push(suite.message);
  return told.map((text) => `${suite.name.replace(`${process.cwd()}/`, '')}: ${brief(text)}`);
}

function brief(text) {
  // eslint-disable-next-line no-control-regex -- jest colours its messages
  const lines = text.replace(/\u001B\[\d+m/g, '').split('\n');
  return lines
    .filter((line) => !line.includes('/node_modules/'))
    .slice(0, 25)
    .map((line) => line.slice(0, 300))
    .join('\n    ');
}

function read(file) {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  return { testResults };
}
