import { Command } from 'commander';
import { styleText } from 'node:util';
import { VERSION } from '../version.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { queryCommand } from './commands/query.ts';
import { schemaCommand } from './commands/schema.ts';
import { serveCommand } from './commands/serve.ts';
import { simulatorCommand } from './commands/simulator.ts';
import { warmCommand } from './commands/warm.ts';
import { EXIT_MEANINGS } from './exit-codes.ts';
import { withManual } from './manual.ts';

/**
 * The command and all its subcommands. What each of them does is loaded once it is called: help, a wrong option and a
 * version must not wait for GraphQL, Mode and Redis.
 */
export function createProgram(): Command {
  const program = new Command('mode-graphql')
    .description('A GraphQL gateway over Mode (mode.com).')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .usage('<command> [options]');
  const commands = [serveCommand, demoCommand, warmCommand, queryCommand, explainCommand, schemaCommand].map((make) =>
    make(),
  );
  for (const command of [...commands, doctorCommand(), simulatorCommand()]) {
    command.helpOption('-h, --help', 'print this help');
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) adjust(command);
  return withManual(program, {
    examples: [
      { what: 'See it at work, without an account', line: 'mode-graphql demo' },
      { what: 'Is everything there that a gateway needs?', line: 'mode-graphql doctor' },
      { what: 'What a command does, with examples', line: 'mode-graphql help query' },
    ],
    variables: { '...': 'which configure "serve", "warm", "query", "explain" and "doctor": docs/configuration.md' },
    exits: EXIT_MEANINGS,
  });
}

function adjust(command: Command): void {
  command
    // Errors end it in one place, cli.ts, with codes of ours.
    .exitOverride()
    .showHelpAfterError(`"mode-graphql help${command.parent ? ` ${command.name()}` : ''}" shows how it is used.`)
    .configureHelp({
      styleTitle: (title) => styleText('bold', title),
      subcommandTerm: (each) => each.name(),
    })
    .configureOutput({
      outputError: (text, write) => {
        write(withoutValue(text));
      },
    });
}

/** An option that does not exist may have been given a key. */
function withoutValue(text: string): string {
  return text.replace(/(unknown option '--?[^=']+)=[^\n]*'/, "$1'");
}
