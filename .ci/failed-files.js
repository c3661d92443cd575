/** Prints the files that failed in a run of jest, one a line, if they are few enough to be run again; else nothing. */
import process from 'node:process';
import { MOST_RUN_AGAIN, failedFiles } from './results.js';

const files = failedFiles(process.argv[2]);
if (files.length <= MOST_RUN_AGAIN) process.stdout.write(files.map((file) => `${file}\n`).join(''));
