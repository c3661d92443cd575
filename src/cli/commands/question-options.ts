/** What `query` and `explain` have in common: which question, and where it is asked. */
import { Argument, Option, type Command } from 'commander';
import { envFileOption, quietOption, type EnvFileOptions, type QuietOptions } from '../shared-options.ts';
import { MODE_VARIABLES } from './mode-variables.ts';

export interface QuestionOptions extends EnvFileOptions, QuietOptions {
  readonly text?: string;
  readonly variables?: string;
  readonly operation?: string;
  readonly url?: string;
  readonly keyFile?: string;
}

export function withQuestion(command: Command): Command {
  return command
    .addArgument(new Argument('[file]', 'file that holds the question; - reads standard input'))
    .option('-t, --text <question>', 'the question itself, instead of a file')
    .option('-v, --variables <json>', 'its variables, a JSON object; @file reads them from a file')
    .option('--operation <name>', 'which operation, where the file holds several')
    .addOption(
      new Option(
        '-u, --url <address>',
        'ask a running gateway, such as http://127.0.0.1:4000/graphql (default: ask in this process, with the configuration of the environment)',
      ),
    )
    .option('--key-file <path>', 'file that holds the key for that gateway (default: MODE_GRAPHQL_KEY)')
    .addOption(quietOption())
    .addOption(envFileOption());
}

export const QUESTION_VARIABLES: Readonly<Record<string, string>> = {
  MODE_GRAPHQL_KEY:
    'key for the gateway at --url, sent as "Authorization: Bearer"; a value that begins with "Basic " is sent as it is, for a gateway with GATEWAY_AUTH=pass-through',
  ...MODE_VARIABLES,
  CATALOG_DIR: 'in this process: where the catalog is taken from; "warm" fills it',
  OPERATION_TIMEOUT: 'in this process: how long it may take',
  MAX_UPSTREAM_CALLS: 'in this process: how many calls to Mode it may take',
  NO_COLOR: 'set to anything, nothing is coloured',
  COLUMNS: 'how wide tables may be where no terminal tells',
};
