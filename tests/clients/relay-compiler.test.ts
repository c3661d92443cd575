import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, typecheck } from './client-project.ts';
import { compileRelay, copyApp } from './relay/build.ts';

let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
  await copyApp(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Changes a file of the copied front end. */
async function replace(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file);
  const source = await readFile(path, 'utf8');
  expect(source).toContain(from);
  await writeFile(path, source.replace(from, to));
}

describe('the compiler of Relay, given schema.graphql', () => {
  it('compiles a front end, whose components then pass the strict compiler', async () => {
    expect(await compileRelay(folder)).toEqual({ code: 0, output: expect.stringContaining('Done.') as string });
    expect(await typecheck(folder)).toEqual({ code: 0, output: '' });
  });

  it('finds what it made to be up to date, and says so when it no longer is', async () => {
    await compileRelay(folder);
    expect(await compileRelay(folder, ['--validate'])).toMatchObject({ code: 0 });

    await replace('report-card.tsx', '        token\n', '        token\n        viewCount\n');
    const { code, output } = await compileRelay(folder, ['--validate']);
    expect(code).not.toBe(0);
    expect(output).toMatch(/Out of date:[^]*reportCard_report\.graphql\.ts/);
  });

  it.each([
    ['a field there is not', '        token\n', '        tokn\n', /The type `Report` has no field `tokn`/],
    [
      'a connection by a name that Relay does not page by',
      '@refetchable',
      '@connection(key: "a_b") @refetchable',
      /@connection/,
    ],
  ])('refuses %s', async (_, from, to, said) => {
    await replace('report-card.tsx', from, to);
    const { code, output } = await compileRelay(folder);
    expect(code).not.toBe(0);
    expect(output).toMatch(said);
  });

  it('makes types that keep a component from reading what it has not asked for', async () => {
    await compileRelay(folder);
    await replace('report-card.tsx', 'report.name ??', 'report.description ??');
    const { code, output } = await typecheck(folder);
    expect(code).not.toBe(0);
    expect(output).toMatch(/report-card\.tsx.*Property 'description' does not exist/);
  });
});
