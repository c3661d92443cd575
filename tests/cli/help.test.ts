import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/program.ts';
import { PROJECT, run } from '../support/command.ts';

const COMMANDS = ['serve', 'demo', 'warm', 'query', 'explain', 'schema', 'doctor', 'simulator'];

describe('the help', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])(
    'of the whole, as %j, shows the commands and exits 0',
    async (args) => {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
    },
  );

  it.each([[['query', '--help']], [['help', 'query']], [['query', 'file', '-h']]])(
    'of a command, as %j, teaches it',
    async (args) => {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: mode-graphql query \[options\] \[file\]\n/);
      for (const part of ['--variables <json>', '(default: MODE_GRAPHQL_KEY)']) {
        expect(stdout.replaceAll(/\s+/g, ' ')).toContain(part);
      }
      expect(stdout).toMatch(/^ {2}mode-graphql query reports\.graphql$/m);
      expect(stdout).toMatch(/^ {2}CATALOG_DIR +\S/m);
      expect(stdout).toMatch(/^ {2}3 +answered with errors/m);
    },
  );

  it.each(COMMANDS)('of %s has examples that it would understand, and tells of every exit code in them', (name) => {
    const command = createProgram().commands.find((each) => each.name() === name);
    let text = '';
    command?.configureOutput({ writeOut: (more) => (text += more) }).outputHelp();
    const [, examples = ''] = /Examples:\n([\s\S]+?)\n\n/.exec(text) ?? [];
    const lines = examples.split('\n').filter((line) => !line.trim().startsWith('#'));
    expect(lines.length).toBeGreaterThanOrEqual(2);
    const options = new Set(command?.options.flatMap(({ long, short }) => [long, short]));
    for (const line of lines.filter((each) => each.includes(`mode-graphql ${name}`))) {
      const [, own = ''] =
        new RegExp(`mode-graphql ${name}([^|&>]*)`).exec(line.replaceAll(/'[^']*'/g, 'quoted')) ?? [];
      const used = own.split(' ').filter((word) => /^--?[a-z]/.test(word));
      expect(used.filter((option) => !options.has(option))).toEqual([]);
    }
    expect(text).toMatch(/Exit codes:\n +0 /);
  });

  it('and the version come without loading what the commands do', async () => {
    const env = { NODE_OPTIONS: `--import ${join(PROJECT, 'tests/support/tell-what-is-loaded.js')}` };
    for (const args of [['--help'], ['help', 'query'], ['--version'], ['qurey']]) {
      const { stderr } = await run(args, { env });
      expect(stderr).toMatch(/^loads .*program\.(ts|js)$/m);
      expect(stderr).not.toMatch(
        /^loads .*(graphql$|pothos|zod|ky$|pino|ioredis|cli-table3|cli-progress|gateway\.(ts|js))/m,
      );
    }
  });
});

it('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('wrong use exits 2, says so on standard error alone, and', () => {
  it.each([
    [['qurey'], /unknown command 'qurey'\n\(Did you mean query\?\)/],
    [['help', 'serv'], /unknown command 'serv'\n\(Did you mean serve\?\)/],
    [['query', '--outptu', 'json'], /unknown option '--outptu'\n\(Did you mean --output\?\)/],
    [['serve', '--port', '70000'], /--port .*'70000' is invalid\. It must be a whole number from 0 to 65535/],
    [['query', 'a', 'b'], /too many arguments for 'query'/],
    [['query', '--output', 'xml'], /Allowed choices are table, json, ndjson/],
    [['query', '--json', '--output', 'table', 'a'], /cannot be used with/],
    [['warm', '--max-age', 'soon'], /--max-age must be a duration such as/],
    [['explain'], /name a file, give the question with --text, or read it from "-"/],
  ] as const)('%j: %s', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('does not repeat what was given to an option that is none, for it may be a key', async () => {
    const { code, stderr } = await run(['query', '--key=marked-key']);
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option '--key'");
    expect(stderr).not.toContain('marked');
  });
});
