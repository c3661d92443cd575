/** docs/command-line.md, made from the commands themselves, so that it cannot say something else than they do. */
import type { Command } from 'commander';
import { EXIT_MEANINGS } from './exit-codes.ts';
import { manualOf } from './manual.ts';
import { createProgram } from './program.ts';

export function printCommandPage(): string {
  const { commands } = createProgram();
  return `${[
    '# Command line',
    '',
    '<!-- Made by "npm run docs" from src/cli/commands: change it there. -->',
    '',
    'Where the package is installed, `npx mode-graphql <command>`; in the container image, the command alone; from a clone,',
    '`npm run --silent query -- reports.graphql` and the like. `mode-graphql help <command>` says what stands here.',
    '',
    'Results go to standard output and everything else to standard error. Colours and bars are for terminals, and there are',
    'none where `NO_COLOR` is set. Ctrl-C ends a command at once; what it has put up, such as a minted signature token, it takes',
    'down first, and a second Ctrl-C does not wait for that. No command takes a secret as an option: other users of a machine',
    'see how its commands were called.',
    '',
    '| command | |',
    '| --- | --- |',
    ...commands.map((command) => `| [\`${command.name()}\`](#${command.name()}) | ${cell(command.summary())} |`),
    '',
    '## Exit codes',
    '',
    '| code | |',
    '| --- | --- |',
    ...Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `| ${code} | ${cell(meaning)} |`),
    '',
    'What they mean to a command in particular stands with it.',
    ...commands.flatMap(sectionOf),
  ].join('\n')}\n`;
}

function sectionOf(command: Command): string[] {
  const help = command.createHelp();
  const { examples, variables = {}, exits } = manualOf(command);
  const terms = [
    ...help.visibleArguments(command).map((each) => [help.argumentTerm(each), help.argumentDescription(each)] as const),
    ...help.visibleOptions(command).map((each) => [help.optionTerm(each), help.optionDescription(each)] as const),
  ];
  return [
    '',
    `## ${command.name()}`,
    '',
    command.description(),
    '',
    // No shell could make anything of the brackets.
    '```text',
    help.commandUsage(command),
    '```',
    '',
    ...table(
      'option',
      terms.map(([term, text]) => [`\`${term}\``, text]),
    ),
    '',
    '```sh',
    ...examples.flatMap(({ what, line }) => [`# ${what}`, line]),
    '```',
    ...(Object.keys(variables).length > 0
      ? ['', ...table('variable', Object.entries(variables).map(variableRow))]
      : []),
    '',
    ...table('exit code', Object.entries(exits)),
  ];
}

/** Where all the others are told of, there is no name. */
function variableRow([name, text]: readonly [string, string]): readonly [string, string] {
  if (name !== '...') return [`\`${name}\``, text];
  return ['…', text.replace('docs/configuration.md', '[configuration.md](configuration.md)')];
}

function table(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return [`| ${title} | |`, '| --- | --- |', ...rows.map(([term, text]) => `| ${term} | ${cell(text)} |`)];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
