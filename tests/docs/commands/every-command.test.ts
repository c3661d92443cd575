/** A command on a page is executed by a test of this folder, or is left out for a reason that is written down. */
import { readFileSync } from 'node:fs';
import { QUESTIONS, TASKS } from './ending-commands.ts';
import { EXAMPLES_THAT_END, EXAMPLES_THAT_SERVE } from './example-commands.ts';
import type { Execution } from './execution.ts';
import { LEFT_OUT, NOT_EXECUTED } from './left-out.ts';
import { commandsIn, namelessBlocksIn, PAGE_COMMANDS, PAGES_AND_EXAMPLES, type PageCommand } from './page-commands.ts';
import { THROUGH_PROXIES } from './proxied-commands.ts';
import { SERVING } from './serving-commands.ts';

const EXECUTED: readonly Execution[] = [
  ...QUESTIONS,
  ...TASKS,
  ...SERVING,
  ...THROUGH_PROXIES,
  ...EXAMPLES_THAT_END,
  ...EXAMPLES_THAT_SERVE,
];

const isOf = ({ page, text }: PageCommand, execution: Execution): boolean =>
  execution.command === text && (execution.page === undefined || execution.page === page);

/** What stands before and after `&&`, each on its own. */
const partsOf = (text: string): string[] => text.split(/ && |\n/);

it('every command is executed, or left out for a reason', () => {
  const leftOut = LEFT_OUT.map(({ command }) => command);
  const forgotten = PAGE_COMMANDS.filter(
    (each) => !EXECUTED.some((execution) => isOf(each, execution)) && !leftOut.includes(each.text),
  );
  expect(forgotten).toEqual([]);
  expect(PAGE_COMMANDS.length).toBeGreaterThan(40);
});

it('nothing is executed that no page shows', () => {
  const unknown = EXECUTED.filter((execution) => !PAGE_COMMANDS.some((each) => isOf(each, execution)));
  expect(unknown.map(({ command }) => command)).toEqual([]);
});

it('nothing is left out that no page shows, and nothing twice', () => {
  const shown = PAGE_COMMANDS.flatMap(({ text }) => [text, ...partsOf(text)]);
  const names = LEFT_OUT.map(({ command }) => command);
  expect(names.filter((command) => !shown.includes(command))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

it.each(LEFT_OUT)('$command is left out for a reason, and what is said of it elsewhere is there', (each) => {
  const [file, words] = each.elsewhere;
  expect(each.reason.length).toBeGreaterThan(20);
  expect(readFileSync(file, 'utf8')).toContain(words);
});

it('what a container is told to do is executed without one', () => {
  const told = NOT_EXECUTED.map(({ command }) => /^docker compose run --rm gateway-1 (\w+)$/.exec(command)?.[1]);
  const executed = EXECUTED.map(({ command }) => command);
  expect(told.filter((name) => !executed.includes(`npx mode-graphql ${name ?? ''}`))).toEqual([]);
});

it('every block of code says what it holds, so that no command is overlooked', () => {
  expect([...PAGES_AND_EXAMPLES.values()].flatMap(namelessBlocksIn)).toEqual([]);
});

describe('commands are found on a page', () => {
  const block = (language: string, ...lines: string[]): string =>
    ['Words.', '', `\`\`\`${language}`, ...lines, '```', ''].join('\n');

  it.each<[string, string, string[]]>([
    ['line by line, without comments', block('sh', '# Why', 'one', '', "two '# a' # why"), ['one', "two '# a'"]],
    ['with the lines that go on', block('bash', 'one \\', '  --two'), ['one --two']],
    ['with what prepares the shell for them', block('sh', 'export A=1 # a', 'cd b', 'one'), ['export A=1\ncd b\none']],
    ['behind the prompt of a console', block('console', '$ one', 'what it said', '$ two'), ['one', 'two']],
    ['in a list', block('sh', 'one').replaceAll(/^(?=.)/gm, '   '), ['one']],
    ['beside blocks of other languages', block('json', '{}') + block('sh', 'one') + block('ts', 'let a;'), ['one']],
  ])('%s', (_, text, expected) => {
    expect(commandsIn(text)).toEqual(expected);
  });

  it('and a block without a language is not taken for one', () => {
    expect(namelessBlocksIn(block('', 'one') + block('text', 'two'))).toEqual(['one\n']);
  });
});
