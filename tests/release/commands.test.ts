import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../support/command.ts';

const FILES = ['schema.graphql', 'schema.released.graphql', 'CHANGELOG.md'];

/** A schema of its own: what the real one and its changelog hold changes with every release. */
const SCHEMA = 'type Query {\n  """A name."""\n  name: String\n\n  """When."""\n  asOf: String\n}\n';
const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n- All of it.\n';

describe('npm run schema:diff, and npm run release', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-'));
    await cp(join(PROJECT, 'scripts'), join(folder, 'scripts'), { recursive: true });
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const manifest = JSON.stringify({ name: 'mode-graphql', version: '0.1.0', type: 'module' });
    await writeFile(join(folder, 'package.json'), manifest);
    await writeFile(join(folder, 'schema.graphql'), SCHEMA);
    await writeFile(join(folder, 'schema.released.graphql'), `# mode-graphql 0.1.0-dev.0: by hand\n\n${SCHEMA}`);
    await writeFile(join(folder, 'CHANGELOG.md'), CHANGELOG);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join('scripts', script), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const all = (): Promise<string[]> => Promise.all([...FILES, 'package.json'].map(read));
  const edit = async (name: string, from: string, to: string): Promise<void> => {
    const text = await read(name);
    expect(text).toContain(from);
    await writeFile(join(folder, name), text.replace(from, to));
  };
  const removeAField = () => edit('schema.graphql', '\n  """When."""\n  asOf: String\n', '');
  const mark = () =>
    edit('CHANGELOG.md', '## [Unreleased]\n', '## [Unreleased]\n\n- BREAKING: `Query.asOf` is gone.\n');

  it('end with 0 where nothing breaks, with 1 where something does unmarked, with 0 once it is marked', async () => {
    const unchanged = run('schema-diff.ts');
    expect([unchanged.status, unchanged.stdout]).toEqual([0, expect.stringContaining('0 to be put right')]);

    await removeAField();
    const refused = run('schema-diff.ts');
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain('- BREAKING: `Query.asOf` …');

    await mark();
    expect(run('schema-diff.ts').status).toBe(0);
  });

  it('write the version, the changelog and the schema that callers know from then on, or nothing', async () => {
    expect(run('release.ts', '0.1.0')).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(await read('package.json'))).toMatchObject({ version: '0.1.0' });
    expect(await read('CHANGELOG.md')).toMatch(
      /^## \[Unreleased\]\n\n## \[0\.1\.0\] - \d{4}-\d\d-\d\d\n\n- All of it/m,
    );
    const released = await read('schema.released.graphql');
    expect(released).toMatch(/^# mode-graphql 0\.1\.0:/);
    expect(released.slice(released.indexOf('\n') + 2)).toBe(SCHEMA);

    // From now on a patch may not break anybody.
    await removeAField();
    await mark();
    const before = await all();
    const refused = run('release.ts', '0.1.1');
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('Set "version" in package.json to 0.2.0');
    expect(await all()).toEqual(before);
    expect(run('release.ts', '0.2.0').status).toBe(0);
    expect(JSON.parse(await read('package.json'))).toMatchObject({ version: '0.2.0' });
  });

  it.each([
    [[], 'Usage: npm run release -- 1.2.3'],
    [['next'], '"next" is not a version'],
    [['0.0.9'], '0.0.9 does not come after'],
  ])('release %j is refused, and nothing is changed', async (args: string[], told) => {
    const before = await all();
    const { status, stderr } = run('release.ts', ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await all()).toEqual(before);
  });
});
