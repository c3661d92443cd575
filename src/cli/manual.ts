import type { AddHelpTextContext, Command } from 'commander';

export interface Example {
  /** What it is for, in a few words. */
  readonly what: string;
  /** As it is typed. */
  readonly line: string;
}

/** What is to be said of a command beside its options. From it the help and docs/command-line.md are made. */
export interface Manual {
  readonly examples: readonly Example[];
  /** Environment variables that matter to it, and how. @default none does */
  readonly variables?: Readonly<Record<string, string>>;
  /** What its exit codes mean. */
  readonly exits: Readonly<Record<number, string>>;
}

const manuals = new WeakMap<Command, Manual>();

export function manualOf(command: Command): Manual {
  const manual = manuals.get(command);
  if (!manual) throw new Error(`the command ${command.name()} has no manual`);
  return manual;
}

/** Has the command's help end with its manual. */
export function withManual(command: Command, manual: Manual): Command {
  manuals.set(command, manual);
  return command.addHelpText('after', ({ command: shown, error }: AddHelpTextContext) => print(shown, manual, error));
}

function print(command: Command, { examples, variables = {}, exits }: Manual, error: boolean): string {
  const help = command.createHelp();
  const { getErrHelpWidth, getOutHelpWidth } = command.configureOutput();
  help.prepareContext({ helpWidth: (error ? getErrHelpWidth?.() : getOutHelpWidth?.()) ?? 80 });
  const items = (title: string, entries: readonly (readonly [string, string])[]): string[] => {
    const width = Math.max(0, ...entries.map(([term]) => term.length));
    return help.formatItemList(
      title,
      entries.map(([term, text]) => help.formatItem(help.styleOptionTerm(term), width, text, help)),
      help,
    );
  };
  const lines = [
    '',
    ...help.formatItemList(
      'Examples:',
      examples.map(({ what, line }) => `  # ${what}\n  ${help.styleCommandText(line)}`),
      help,
    ),
    ...items('Environment variables:', Object.entries(variables)),
    ...items('Exit codes:', Object.entries(exits)),
  ];
  return lines.join('\n').trimEnd();
}
