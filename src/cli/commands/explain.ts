import { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { interruptible } from '../interruption.ts';
import { withManual } from '../manual.ts';
import { jsonOption } from '../shared-options.ts';
import { QUESTION_VARIABLES, withQuestion, type QuestionOptions } from './question-options.ts';

export interface ExplainOptions extends QuestionOptions {
  readonly json?: true;
}

export function explainCommand(): Command {
  const command = withQuestion(
    new Command('explain')
      .summary('say what a question would cost, without asking it')
      .description(
        'Says how a question would be answered: from which of Mode’s APIs, in how many calls, how long they would take by the rate limit as it stands, and whether it would be refused. Nothing is asked of Mode. It may be put where "query" is, with the same options.',
      ),
  )
    .addOption(jsonOption('print the plan as JSON'))
    .action((file: string | undefined, options: ExplainOptions) =>
      interruptible(async (signal) => (await import('../explain.ts')).explain(file, options, signal)),
    );
  return withManual(command, {
    examples: [
      {
        what: 'What a question would cost here, with the catalog as it is',
        line: 'mode-graphql explain reports.graphql',
      },
      {
        what: 'What it would cost a running gateway',
        line: 'mode-graphql explain reports.graphql --url http://127.0.0.1:4000',
      },
      {
        what: 'In CI: fails when a question of the front end would be refused, or answered in part',
        line: 'mode-graphql explain page.graphql --variables @page.json',
      },
    ],
    variables: QUESTION_VARIABLES,
    exits: {
      [EXIT.done]: 'the question is expected to be answered whole',
      [EXIT.cannotRun]: 'could not be explained: configuration, key, connection, or a gateway that does not explain',
      [EXIT.wrongUse]: 'called wrongly, or the question is wrong',
      [EXIT.incomplete]:
        'the question would be refused because it would cost too much, or is expected to be answered in part only',
      [EXIT.interrupted]: 'interrupted',
    },
  });
}
