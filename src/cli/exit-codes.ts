/** How the process ends, for whoever started it. Documented once, in docs/command-line.md. */
export const EXIT = {
  done: 0,
  cannotRun: 1,
  wrongUse: 2,
  incomplete: 3,
  /** Node's own, before we are asked: it looks for `--env-file` wherever it stands, and ends when there is no such file. */
  noEnvFile: 9,
  interrupted: 130,
  terminated: 143,
} as const;

/** By number, in the words of the page. */
export const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  [EXIT.done]: 'Done.',
  [EXIT.cannotRun]:
    'Could not run, or not to its end: the configuration is wrong, Mode or the gateway cannot be reached or refuses the key, a file cannot be written.',
  [EXIT.wrongUse]:
    'Called in a way it cannot be: unknown commands and options, files that are not there, questions that are not GraphQL or do not fit the schema.',
  [EXIT.incomplete]: 'Answered with errors, or not at all because it would cost too much; partial data is printed.',
  [EXIT.noEnvFile]: 'Node.js did not find the file that --env-file names.',
  [EXIT.interrupted]: 'Interrupted (Ctrl-C).',
  [EXIT.terminated]: 'Told to end (SIGTERM).',
};
