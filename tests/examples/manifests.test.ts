import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { embeddedExamples, embedExamples } from '../../scripts/embed-examples.ts';
import { found, PAGES } from '../docs/pages.ts';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly version?: string;
  readonly engines: object;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;
const root = read('package.json');
const examples = readdirSync('examples', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);
const GENERATED = /(^|\/)(node_modules|dist|generated|__generated__)(\/|$)/;

/** Files that are committed, by their paths. */
function filesOf(name: string): string[] {
  const folder = join('examples', name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => !GENERATED.test(path)).map((path) => join(folder, path));
}

it('there are four examples, and docs/library.md leads to all of them', () => {
  expect(examples).toEqual(['mount', 'node-script', 'react-stale-reports', 'relay-snippet']);
  const page = PAGES.get('docs/library.md') ?? '';
  expect(examples.filter((name) => !page.includes(`(../examples/${name})`))).toEqual([]);
});

describe.each(examples)('examples/%s', (name) => {
  const manifest = read(join('examples', name, 'package.json'));
  const listed = { ...manifest.dependencies, ...manifest.devDependencies };

  it('asks for the versions that this repository is tested with', () => {
    const known: Readonly<Record<string, string>> = {
      ...root.dependencies,
      ...root.devDependencies,
      [root.name]: `^${root.version ?? ''}`,
    };
    const wanted = Object.entries(listed);
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter(([each, version]) => known[each] !== version)).toEqual([]);
    expect(manifest.engines).toEqual(root.engines);
    expect(manifest.private).toBe(true);
  });

  it('lists what it imports and runs, so that it can be copied away', () => {
    const sources = filesOf(name).filter((path) => /\.tsx?$/.test(path));
    const imported = sources.flatMap((path) => found(readFileSync(path, 'utf8'), /\bfrom '([^'.][^']*)'/g));
    const packages = imported.map((each) => each.split('/', each.startsWith('@') ? 2 : 1).join('/'));
    expect(packages.length).toBeGreaterThan(3);
    const others = packages.filter((each) => !each.startsWith('node:') && !builtinModules.includes(each));
    expect(others.filter((each) => !(each in listed))).toEqual([]);

    const OWNERS: Readonly<Record<string, string>> = { 'graphql-codegen': '@graphql-codegen/cli', tsc: 'typescript' };
    const commands = Object.values(manifest.scripts ?? {}).flatMap((script) => script.split(' && '));
    const run = commands.map((command) => command.split(' ')[0] ?? '').filter((command) => command !== 'npm');
    expect(run.filter((command) => !((OWNERS[command] ?? command) in listed))).toEqual([]);
  });

  it('is written in what Node.js 20 can read, types aside', () => {
    const sources = filesOf(name).filter((path) => /\.tsx?$/.test(path));
    expect(sources.filter((path) => /\busing \w+ =/.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('says where the gateway’s own package is from, where it needs it: no registry has it', () => {
    const text = readFileSync(join('examples', name, 'README.md'), 'utf8');
    const tarball = `${root.name}-${root.version ?? ''}.tgz`;
    expect(text.includes('npm pack') && text.includes(tarball)).toBe(root.name in listed);
    // Without the tarball, npm would look for it in vain.
    expect(root.name in listed && /npm install(?! \S+\.tgz)/.test(text)).toBe(false);
  });

  it('has a README that leads to nothing that is not there', () => {
    const text = readFileSync(join('examples', name, 'README.md'), 'utf8');
    expect(text.split('\n').length).toBeLessThan(25);
    const files = found(text, /`((?:src\/)?[\w-]+\.(?:tsx?|json|graphql))`/g);
    const all = [...filesOf(name), 'schema.graphql', 'operations.json'];
    expect(files.filter((file) => !all.some((path) => path.endsWith(file)))).toEqual([]);
    const scripts = found(text, /npm run ([a-z]+)/g);
    expect(scripts.filter((script) => !(script in (manifest.scripts ?? {})))).toEqual([]);
    expect(found(text, /(\/(?:work|tmp|home|root|Users)\/\S*|registry\.\S+)/g)).toEqual([]);
  });
});

it('docs/library.md shows the files that are tested, each as it is (npm run docs)', () => {
  const page = PAGES.get('docs/library.md') ?? '';
  expect(embedExamples(page)).toBe(page);
  const shown = embeddedExamples(page);
  expect(shown.sort()).toEqual(
    filesOf('mount')
      .filter((path) => path.endsWith('.ts'))
      .sort(),
  );
});
