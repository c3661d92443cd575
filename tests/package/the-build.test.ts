import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isFresh } from '../../scripts/build/fresh.ts';
import { putInPlace } from '../../scripts/build/put-in-place.ts';
import { PROJECT } from '../support/command.ts';
import { start } from '../support/program.ts';
import { until } from '../support/gateway.ts';

let folder: string;
const at = (path: string): string => join(folder, path);

async function write(path: string, secondsAgo: number): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), '');
  setBack(path, secondsAgo);
}

function setBack(path: string, secondsAgo: number): void {
  const time = Date.now() / 1_000 - secondsAgo;
  utimesSync(at(path), time, time);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mode-graphql-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a build is fresh', () => {
  beforeEach(async () => {
    for (const path of ['src/index.ts', 'src/server/yoga.ts', 'explorer/main.tsx', 'package.json'])
      await write(path, 60);
    for (const path of ['src', 'src/server', 'explorer']) setBack(path, 60);
    for (const name of ['index', 'server/yoga']) {
      await write(`dist/${name}.js`, 10);
      await write(`dist/${name}.d.ts`, 10);
    }
    await write('dist/explorer/page.json', 10);
  });

  it('when nothing was changed since, and all of it is there', () => {
    expect(isFresh(folder)).toBe(true);
  });

  it.each(['src/server/yoga.ts', 'explorer/main.tsx', 'package.json'])('not when %s was changed since', (path) => {
    setBack(path, 5);
    expect(isFresh(folder)).toBe(false);
  });

  it.each([
    'dist/server/yoga.js',
    'dist/index.js',
    'dist/explorer/page.json',
    'src/server/yoga.ts',
    'explorer/main.tsx',
  ])('not when %s was removed since', async (path) => {
    await rm(at(path));
    expect(isFresh(folder)).toBe(false);
  });

  it('not when it holds what it would not be given again', async () => {
    await write('dist/server/gone.js', 10);
    expect(isFresh(folder)).toBe(false);
  });

  it('not when there is none', async () => {
    await rm(at('dist'), { recursive: true });
    expect(isFresh(folder)).toBe(false);
  });
});

it('npm builds after it has installed, and before it packs, and where the package is installed it runs nothing', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
  const build = 'node --import tsx scripts/build.ts --if-stale';
  expect(scripts).toMatchObject({ dependencies: build, prepack: build });
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(name);
});

it('a build takes the place of another as a whole: nothing of that one is left in it', async () => {
  await write('dist/old.js', 0);
  await write('built/new.js', 0);
  putInPlace(at('built'), at('dist'), at('before'));
  expect([readdirSync(at('dist')), readdirSync(at('before'))]).toEqual([['new.js'], ['old.js']]);
  await write('built/newer.js', 0);
  await rm(at('dist'), { recursive: true });
  putInPlace(at('built'), at('dist'), at('before'));
  expect(readdirSync(at('dist'))).toEqual(['newer.js']);
});

it('a build that is interrupted leaves dist as it was, and nothing else', async () => {
  const copied = ['src', 'scripts', 'explorer', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
  for (const path of copied) await cp(join(PROJECT, path), at(path), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), at('node_modules'));
  await write('dist/explorer/page.json', 0);
  const build = start('npm', ['run', 'build'], { cwd: folder });
  await until(() => existsSync(at('artifacts')) && readdirSync(at('artifacts')).length === 1);
  build.signal('SIGTERM');
  expect((await build.ended).code).not.toBe(0);
  await until(() => readdirSync(at('artifacts')).length === 0);
  expect(existsSync(at('dist/explorer/page.json'))).toBe(true);
});
