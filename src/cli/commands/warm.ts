import { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { interruptible } from '../interruption.ts';
import { withManual } from '../manual.ts';
import { envFileOption, jsonOption, quietOption, type EnvFileOptions, type QuietOptions } from '../shared-options.ts';
import { MODE_VARIABLES } from './mode-variables.ts';

export interface WarmOptions extends EnvFileOptions, QuietOptions {
  readonly json?: true;
  readonly maxAge?: string;
}

export function warmCommand(): Command {
  const command = new Command('warm')
    .summary('read the catalog from Mode into CATALOG_DIR, and end')
    .description(
      'Reads the whole catalog from Mode into CATALOG_DIR and ends: for cron, or for an init container. A gateway that starts afterwards answers from it without a call to Mode; one that runs already does not look again. Calls go last, as those of a gateway’s own refreshes do.',
    )
    .option(
      '--max-age <duration>',
      'leave lists alone that were read no longer ago than this, such as 15m (default: all are read)',
    )
    .addOption(jsonOption('print what was read as JSON'))
    .addOption(quietOption())
    .addOption(envFileOption())
    .action((options: WarmOptions) =>
      interruptible(async (signal) => (await import('../warm.ts')).warm(options, signal)),
    );
  return withManual(command, {
    examples: [
      { what: 'Before the gateway starts', line: 'mode-graphql warm && mode-graphql serve' },
      {
        what: 'Every night, with a mail when something is missing',
        line: '0 5 * * *  mode-graphql warm --quiet --env-file /etc/mode-graphql.env > /dev/null',
      },
      {
        what: 'In an init container that may be started again and again',
        line: 'mode-graphql warm --max-age 1h --json',
      },
    ],
    variables: {
      ...MODE_VARIABLES,
      CATALOG_DIR: 'where the catalog is kept; a gateway must be given the same',
      REDIS_URL: 'where calls are counted together with those of the gateways that run, which find the catalog there',
      NO_COLOR: 'set to anything, nothing is coloured, and there is no bar',
    },
    exits: {
      [EXIT.done]: 'all of it is there; or there is no Discovery, without which no catalog is kept',
      [EXIT.cannotRun]: 'cannot run as configured, or lists are missing: standard error says which, and why',
      [EXIT.wrongUse]: 'called wrongly',
      [EXIT.interrupted]: 'interrupted; what was read until then is kept, and a minted token was deleted',
    },
  });
}
