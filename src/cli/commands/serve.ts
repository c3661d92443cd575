import { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { withManual } from '../manual.ts';
import { envFileOption, portOption, type EnvFileOptions } from '../shared-options.ts';
import { MODE_VARIABLES } from './mode-variables.ts';

export interface ServeOptions extends EnvFileOptions {
  readonly host?: string;
  readonly port?: number;
}

export function serveCommand(): Command {
  const command = new Command('serve')
    .summary('answer GraphQL over the workspace that the environment names')
    .description(
      'Answers GraphQL at /graphql over the workspace that the environment names, until it is told to stop: then running questions are finished and new ones refused.',
    )
    .option('--host <address>', 'address to listen on, whatever HOST says (default: HOST, or 127.0.0.1)')
    .addOption(portOption('PORT, or 4000'))
    .addOption(envFileOption())
    .action(async (options: ServeOptions) => (await import('../serve.ts')).serve(options));
  return withManual(command, {
    examples: [
      { what: 'Over your workspace, with variables that are set already', line: 'mode-graphql serve' },
      { what: 'Configured by a file, on another port', line: 'mode-graphql serve --env-file .env --port 8080' },
      {
        what: 'For other machines: callers must then send a key (GATEWAY_API_KEYS)',
        line: 'mode-graphql serve --host 0.0.0.0',
      },
    ],
    variables: {
      ...MODE_VARIABLES,
      HOST: 'address to listen on',
      PORT: 'port to listen on',
      GATEWAY_API_KEYS: 'keys that callers must send; needed to listen beyond this machine',
      CATALOG_DIR: 'where the catalog outlives the process',
      REDIS_URL: 'where gateways of one API key count their calls together, and share the catalog',
      '...': 'all of them: docs/configuration.md',
    },
    exits: {
      [EXIT.done]: 'stopped, with every question answered that it had taken',
      [EXIT.cannotRun]: 'cannot run as configured; or stopped, with questions cut that outlasted SHUTDOWN_TIMEOUT',
      [EXIT.wrongUse]: 'called wrongly',
      [EXIT.interrupted]: 'told to stop a second time',
    },
  });
}
