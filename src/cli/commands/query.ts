import { Command, Option } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { interruptible } from '../interruption.ts';
import { withManual } from '../manual.ts';
import { jsonOption } from '../shared-options.ts';
import { QUESTION_VARIABLES, withQuestion, type QuestionOptions } from './question-options.ts';

export type Output = 'table' | 'json' | 'ndjson';

export interface QueryOptions extends QuestionOptions {
  readonly output?: Output;
  readonly json?: true;
  readonly all?: true;
}

export function queryCommand(): Command {
  const command = withQuestion(
    new Command('query')
      .summary('ask a question, and print the answer as a table, JSON or lines')
      .description(
        'Asks a question, either in this process with the configuration of the environment, or a running gateway (--url), and prints the answer. In this process the catalog is taken from CATALOG_DIR, and nothing is read from Mode but what the question needs. What it cost is said on standard error.',
      ),
  )
    .addOption(
      new Option(
        '-o, --output <form>',
        'table: the rows of the first list, a column for each field; json: the whole answer; ndjson: the rows, one a line (default: table on a terminal, else json)',
      ).choices(['table', 'json', 'ndjson']),
    )
    // Not by implies(): the output that it sets would be taken for one given beside --json, and refused.
    .addOption(jsonOption('the same as --output json').conflicts('output'))
    .option('-a, --all', 'read the first list to its end, page by page, and print it as one')
    .action((file: string | undefined, options: QueryOptions) =>
      interruptible(async (signal) => (await import('../query.ts')).query(file, options, signal)),
    );
  return withManual(command, {
    examples: [
      { what: 'A question from a file, as a table', line: 'mode-graphql query reports.graphql' },
      {
        what: 'Of a running gateway, for a program',
        line: `mode-graphql query reports.graphql --url http://127.0.0.1:4000 --variables '{"first":100}' --json | jq .data`,
      },
      {
        what: 'Every report of the workspace, a line of JSON for each',
        line: "mode-graphql query --all --output ndjson --text '{ workspace { reports(first: 100) { nodes { token name } } } }'",
      },
    ],
    variables: QUESTION_VARIABLES,
    exits: {
      [EXIT.done]: 'answered',
      [EXIT.cannotRun]: 'could not be asked: configuration, key, connection',
      [EXIT.wrongUse]:
        'called wrongly, or the question is wrong: no such file, no GraphQL, no such field, operation or variable',
      [EXIT.incomplete]:
        'answered with errors, or refused because it would cost too much; what there is of the answer is printed',
      [EXIT.interrupted]: 'interrupted',
    },
  });
}
