import { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { withManual } from '../manual.ts';
import { portOption } from '../shared-options.ts';

export interface DemoOptions {
  readonly port?: number;
}

export function demoCommand(): Command {
  const command = new Command('demo')
    .summary('the same over a simulated Mode with 4,146 reports; needs no account')
    .description(
      'Answers GraphQL over a simulated Mode with 120 collections and 4,146 reports, its rate limit on, and prints where to look and what to ask. It needs no account and leaves nothing behind.',
    )
    .addOption(portOption('PORT, or 4000 if that is free'))
    .action(async (options: DemoOptions) => (await import('../demo.ts')).demo(options));
  return withManual(command, {
    examples: [
      { what: 'Start it, then open the address that it prints', line: 'mode-graphql demo' },
      { what: 'On another port', line: 'mode-graphql demo --port 8080' },
      {
        what: 'Ask it from a second terminal',
        line: "mode-graphql query --url http://127.0.0.1:4000 --text '{ workspace { collections { nodes { name } } } }'",
      },
    ],
    variables: {
      PORT: 'port to listen on, where --port is not given',
      LOG_LEVEL: 'what is logged: trace, debug, info, warn (the default here), error, fatal or silent',
    },
    exits: {
      [EXIT.done]: 'stopped',
      [EXIT.cannotRun]: 'the port is taken',
      [EXIT.wrongUse]: 'called wrongly',
      [EXIT.interrupted]: 'told to stop a second time',
    },
  });
}
