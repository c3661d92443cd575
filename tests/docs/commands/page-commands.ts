import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from '../pages.ts';

/** A command as a page shows it, to be copied into a shell. */
export interface PageCommand {
  readonly page: string;
  /** Without comments. With the lines before it that only prepare the shell for it, such as `export`. */
  readonly text: string;
}

interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

const SHELLS = ['sh', 'bash', 'shell', 'zsh', 'console'];
const PREPARES = /^(?:export|cd|set) /;

/** The commands of one page, in its order. */
export function commandsIn(text: string): string[] {
  return blocksIn(text)
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(commandsOfBlock);
}

/** Blocks that do not say what they hold, in which a command would be overlooked. */
export function namelessBlocksIn(text: string): string[] {
  return blocksIn(text).flatMap(({ language, lines }) => (language === '' ? lines.join('\n') : []));
}

function blocksIn(text: string): Block[] {
  const fenced = text.matchAll(/^([ \t]*)(`{3,}|~{3,})[ \t]*([\w-]*).*\n([^]*?)^[ \t]*\2[ \t]*$/gm);
  return [...fenced].map(([, indent = '', , language = '', content = '']) => ({
    language,
    lines: content.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)),
  }));
}

function commandsOfBlock({ language, lines }: Block): string[] {
  const joined = lines.join('\n').replace(/\\\n\s*/g, '');
  const typed = joined.split('\n').flatMap((line) => {
    // What a console shows without a prompt is what the command said.
    if (language === 'console') return line.startsWith('$ ') ? line.slice(2) : [];
    return line;
  });
  const commands: string[] = [];
  let before: string[] = [];
  for (const line of typed) {
    const command = line.replace(/(?:^|\s)#(?:\s[^'"]*)?$/, '').trim();
    if (command === '' || command.startsWith('#')) continue;
    before.push(command);
    if (PREPARES.test(command)) continue;
    commands.push(before.join('\n'));
    before = [];
  }
  return before.length > 0 ? [...commands, before.join('\n')] : commands;
}

const EXAMPLES = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join('examples', name, 'README.md'));

/** Every page that may show a command. */
export const PAGES_AND_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ...PAGES,
  ...EXAMPLES.map((path) => [path, readFileSync(path, 'utf8')] as const),
]);

export const PAGE_COMMANDS: readonly PageCommand[] = [...PAGES_AND_EXAMPLES].flatMap(([page, text]) =>
  commandsIn(text).map((command) => ({ page, text: command })),
);
