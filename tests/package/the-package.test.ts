import { readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Simulator } from '../../src/simulator/index.ts';
import { PROJECT } from '../support/command.ts';
import { askAt, envFor, startSmallMode } from '../support/gateway.ts';
import { bin, start, succeed, type Ended, type Started } from '../support/program.ts';
import { hasRegistry, pack, type Packed } from './packed.ts';

const isOnline = hasRegistry();
if (!isOnline && process.env.CI === undefined) {
  process.stderr.write('No registry of packages within reach: the tests that install the package are skipped.\n');
}
// In CI a missing network is a failure: npm says so.
const maybe = isOnline || process.env.CI !== undefined ? it : it.skip;

/** Bytes, packed; it has about six million, most of them the explorer. What makes it larger should be meant to. */
const MOST_BYTES = 8_000_000;

let packed: Packed;

beforeAll(async () => {
  packed = await pack();
}, 300_000);
afterAll(() => rm(packed.folder, { recursive: true }));

describe('the package', () => {
  it('holds what runs, its types, the schema and what people read, and nothing else', () => {
    const { files } = packed;
    const others = files.filter((path) => !/^dist\/(?!explorer\/).+\.(js|d\.ts)$/.test(path));
    expect(others.filter((path) => !path.startsWith('dist/explorer/')).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/from-source.cjs',
      'bin/load.cjs',
      'bin/mode-graphql.cjs',
      'bin/needs-node.cjs',
      'package.json',
      'schema.graphql',
    ]);
    expect(files).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/index.js', 'dist/index.d.ts']));
    expect(files.filter((path) => /(^|[/.])(test|tests|spec)[/.]|\.env|\.tsbuildinfo$|\.map$/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(MOST_BYTES);
  });

  it('points to no source that it does not hold, and tells of nobody’s machine', () => {
    const texts = packed.files.map((path) => [path, readFileSync(join(packed.contents, path), 'utf8')] as const);
    const ours = texts.filter(([path]) => !path.startsWith('dist/explorer/'));
    expect(ours.filter(([, text]) => /^\/\/# sourceMappingURL=/m.test(text)).map(([path]) => path)).toEqual([]);
    for (const words of [PROJECT, packed.folder, process.env.HOME ?? PROJECT]) {
      expect(texts.filter(([, text]) => words.length > 5 && text.includes(words)).map(([path]) => path)).toEqual([]);
    }
    // As keys and their like are written.
    const secret =
      /-----BEGIN [A-Z ]*PRIVATE KEY|\bnpm_[A-Za-z0-9]{30,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bAKIA[A-Z0-9]{16}\b/;
    expect(texts.filter(([, text]) => secret.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('names every file that is imported for what it does, not for what it exports', () => {
    const { sideEffects } = JSON.parse(readFileSync('package.json', 'utf8')) as { sideEffects: string[] };
    const folders = sideEffects
      .filter((each) => each.endsWith('/**/*.js'))
      .map((each) => each.slice(2, -'**/*.js'.length));
    const bare = packed.files.flatMap((path) => {
      if (!/^dist\/(?!explorer\/).+\.js$/.test(path)) return [];
      const found = readFileSync(join(packed.contents, path), 'utf8').matchAll(/^import ["'](\.[^"']+)["'];$/gm);
      return [...found].map(([, to = '']) => join(path, '..', to));
    });
    expect(bare.length).toBeGreaterThan(5);
    expect(bare.filter((path) => !folders.some((folder) => path.startsWith(folder)))).toEqual([]);
  });

  it('is what publint calls good, suggestions and all', async () => {
    const { code, stdout, stderr } = await start(bin('publint'), ['run', packed.tarball, '--strict']).ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('All good!');
    expect(stdout).not.toMatch(/Suggestions|Warnings|Errors/);
  });

  it('has types that are found however it is imported (attw)', async () => {
    // ES modules only: CommonJS can require them as of Node.js 20.19, which is asked for.
    const args = [
      packed.tarball,
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      'schema.graphql',
      '--format',
      'json',
    ];
    const { code, stdout } = await start(bin('attw'), args).ended;
    expect([code, code === 0 ? '' : stdout]).toEqual([0, '']);
    const { analysis } = JSON.parse(stdout) as { analysis: { types: unknown; problems: { kind: string }[] } };
    expect(analysis.types).toEqual({ kind: 'included' });
    expect([...new Set(analysis.problems.map(({ kind }) => kind))]).toEqual(['CJSResolvesToESM']);
  });
});

describe('the package, installed by somebody', () => {
  let mode: Simulator;
  let folder: string;
  let installed: Ended | undefined;
  let demo: Started | undefined;

  beforeAll(async () => {
    mode = await startSmallMode();
    folder = join(packed.folder, 'somebody’s project');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    if (!isOnline && process.env.CI === undefined) return;
    const args = ['install', '--omit=dev', '--no-audit', '--no-fund', packed.tarball];
    installed = await start('npm', args, { cwd: folder }).ended;
  }, 300_000);
  afterAll(async () => {
    demo?.signal('SIGKILL');
    await mode.close();
  });

  maybe('answers with its demo, and ends when it is told to', async () => {
    succeed(installed ?? { code: null, stdout: '', stderr: 'it was not installed' });
    demo = start('npx', ['--no', 'mode-graphql', 'demo'], { cwd: folder, env: { PORT: '0' } });
    const [, url = ''] = await demo.says(/GraphiQL +(\S+)\/graphql/);
    await demo.says(/Ctrl-C/);
    expect((await askAt(url, '{ workspace { name } }')).data).toEqual({ workspace: { name: 'Acme Retail' } });
    demo.signal('SIGTERM');
    await demo.ended;
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  const QUESTION = JSON.stringify({ query: '{ workspace { name } }' });
  const script = (load: string): string => `${load}
async function main() {
  const gateway = createGateway();
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: ${JSON.stringify(QUESTION)} };
  const answer = await gateway.fetch('http://gateway/graphql', init);
  process.stdout.write(await answer.text());
  await gateway.stop();
}
main();
`;

  maybe.each([
    ['an ES module', 'module.mjs', "import { createGateway } from 'mode-graphql';"],
    ['CommonJS', 'script.cjs', "const { createGateway } = require('mode-graphql');"],
  ])('answers in %s, which ends by itself and is warned of nothing', async (_kind, name, load) => {
    await writeFile(join(folder, name), script(load));
    const { code, stdout, stderr } = await start('node', [name], { cwd: folder, env: envFor(mode) }).ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ data: { workspace: { name: mode.world.workspace.name } } });
  });

  maybe.each([
    ['nodenext', 'nodenext', ['node-http.ts', 'fetch.ts', 'misspelt.ts', 'required.cts']],
    ['bundler', 'preserve', ['node-http.ts', 'fetch.ts', 'misspelt.ts']],
  ])(
    'has types that the strict compiler takes, with moduleResolution "%s"',
    async (moduleResolution, module, files) => {
      const place = join(folder, moduleResolution);
      await mkdir(place);
      await writeFile(join(place, 'package.json'), '{ "type": "module" }');
      for (const name of ['node-http.ts', 'fetch.ts']) {
        await copyFile(join(PROJECT, 'examples/mount', name), join(place, name));
      }
      await writeFile(
        join(place, 'misspelt.ts'),
        `import { createGateway } from 'mode-graphql';
// @ts-expect-error Were there no types, there would be no error to expect.
createGateway({ MODE_WORKSPCE: 'acme' });
`,
      );
      await writeFile(
        join(place, 'required.cts'),
        `import mode = require('mode-graphql');
const options: mode.GatewayOptions = { onOperation: (report: mode.OperationReport) => void report.bill?.calls.rest };
export const gateway: mode.Gateway = mode.createGateway({ MODE_WORKSPACE: 'acme' }, options);
`,
      );
      await writeFile(
        join(place, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            target: 'es2023',
            module,
            moduleResolution,
            strict: true,
            exactOptionalPropertyTypes: true,
            noEmit: true,
            skipLibCheck: true,
            types: ['node'],
            typeRoots: [join(PROJECT, 'node_modules/@types')],
          },
          files,
        }),
      );
      expect(await start(bin('tsc'), ['--project', place]).ended).toEqual({ code: 0, stdout: '', stderr: '' });
    },
  );
});
