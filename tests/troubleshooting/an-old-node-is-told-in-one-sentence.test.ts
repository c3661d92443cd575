import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Linter } from 'eslint';
import { PROJECT } from '../support/command.ts';

const ENTRIES = ['bin/mode-graphql.cjs', 'bin/from-source.cjs'];
/** What must be parsed before anybody can say that this Node.js is too old. */
const BEFORE = [...ENTRIES, 'bin/needs-node.cjs'];

const { bin, files, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
};

const complaints = (path: string): string[] =>
  new Linter()
    .verify(readFileSync(path, 'utf8'), { languageOptions: { ecmaVersion: 2015, sourceType: 'commonjs' } })
    .map(({ line, message }) => `${line}: ${message}`);

describe('an old Node.js', () => {
  it.each(BEFORE)('can parse %s, which asks for no module by a name that it does not know', (path) => {
    expect(complaints(path)).toEqual([]);
    expect(readFileSync(path, 'utf8')).not.toMatch(/require\('node:/);
  });

  it('could not parse what comes after, so that this test can tell the difference', () => {
    expect(complaints('bin/load.cjs')).not.toEqual([]);
  });

  it('meets this first, whether the package is installed or run from a clone', () => {
    expect(Object.values(bin)).toEqual(['bin/mode-graphql.cjs']);
    expect(files).toContain('bin');
    for (const name of ['start', 'doctor', 'demo', 'simulator']) {
      expect(scripts[name]).toMatch(/^node bin\/from-source\.cjs /);
    }
  });

  // Such as that of "npm install --prefix some/folder node@18". CI gives one.
  const old = process.env.OLD_NODE;
  const itWithOldNode = old === undefined ? it.skip : it;

  itWithOldNode.each(ENTRIES)(
    '(the one that OLD_NODE names) is told so by %s in one sentence, and ends with 1',
    (entry) => {
      const version = execFileSync(old ?? '', ['--version'], { encoding: 'utf8' })
        .trim()
        .slice(1);
      const { status, stdout, stderr } = spawnSync(old ?? '', [entry, 'serve'], { cwd: PROJECT, encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toBe(
        `This is Node.js ${version}, and mode-graphql needs 20.19 or newer: install the current LTS (https://nodejs.org), then run the same again.\n`,
      );
    },
  );
});
