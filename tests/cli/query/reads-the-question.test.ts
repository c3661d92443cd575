import { Readable } from 'node:stream';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readQuestion } from '../../../src/cli/asking/read-question.ts';
import type { QuestionOptions } from '../../../src/cli/commands/question-options.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';
import { run } from '../../support/command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'question-'));
  await writeFile(join(folder, 'list.json'), '[1]');
});

afterAll(() => rm(folder, { recursive: true }));

/** What is wrong with a question, the folder's name left out. */
async function complaint(file: string | undefined, options: QuestionOptions = {}, stdin = ''): Promise<string> {
  try {
    await readQuestion(file, options, Readable.from([stdin]));
  } catch (error) {
    if (error instanceof UsageError) return error.message.replaceAll(folder, '');
    throw error;
  }
  return 'nothing';
}

const TWO = 'query One { __typename } query Two { __typename }';

describe('a question', () => {
  it.each<[string, () => Promise<string>, string]>([
    [
      'named nowhere',
      () => complaint(undefined),
      'There is no question: name a file, give the question with --text, or read it from "-".',
    ],
    ['named twice', () => complaint('a', { text: '{ a }' }), 'Give a file or --text, not both: "a" is a file.'],
    ['not there', () => complaint(join(folder, 'no')), '/no is not there.'],
    ['in a folder', () => complaint(folder), ' is a folder, not a file.'],
    ['empty', () => complaint('-', {}, ' \n'), 'There is no question in standard input: it is empty.'],
    [
      'no GraphQL',
      () => complaint(undefined, { text: 'select 1' }),
      '--text is not GraphQL: Syntax Error: Unexpected Name "select". (line 1, column 1)',
    ],
    [
      'unfinished',
      () => complaint('-', {}, '{ a\n'),
      'standard input is not GraphQL: Syntax Error: Expected Name, found <EOF>. (line 2, column 1)',
    ],
    [
      'only a fragment',
      () => complaint('-', {}, 'fragment F on Report { name }'),
      'There is no operation in standard input, only fragments.',
    ],
    [
      'one of several',
      () => complaint('-', {}, TWO),
      'There are several operations in standard input; choose one with --operation: One, Two',
    ],
    [
      'none of several',
      () => complaint('-', { operation: 'Three' }, TWO),
      'There is no operation "Three" in standard input; there are: One, Two',
    ],
    [
      'without the name',
      () => complaint('-', { operation: 'A' }, '{ a }'),
      'There is no operation "A" in standard input; its only one has no name',
    ],
    [
      'a mutation',
      () => complaint('-', {}, 'mutation { a }'),
      'The operation in standard input is a mutation; the gateway answers queries only.',
    ],
    [
      'with a list for variables',
      () => complaint('-', { variables: `@${join(folder, 'list.json')}` }, '{ a }'),
      '/list.json must be a JSON object, such as {"first": 10}.',
    ],
    [
      'with variables that are not there',
      () => complaint('-', { variables: `@${join(folder, 'no')}` }, '{ a }'),
      '/no is not there.',
    ],
  ])('%s is wrong use', async (_what, asked, message) => {
    expect(await asked()).toBe(message);
  });

  it('with variables that are no JSON is wrong use', async () => {
    expect(await complaint('-', { variables: '{first: 1}' }, '{ a }')).toMatch(/^--variables is not JSON: /);
  });

  it('chosen of several is asked under its name', async () => {
    const { operation, variables } = await readQuestion(
      '-',
      { operation: 'Two', variables: '{"a":1}' },
      Readable.from([TWO]),
    );
    expect([operation.name?.value, variables]).toEqual(['Two', { a: 1 }]);
  });

  it('that is wrong ends the command with 2, nothing on standard output and one line on the other', async () => {
    const wrong = await run(['query', '-'], { stdin: 'query {' });
    expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/^standard input is not GraphQL: .+\n$/);
  });
});
