import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClientSchema, lexicographicSortSchema, printSchema, type IntrospectionQuery } from 'graphql';
import { run } from '../support/command.ts';

describe('mode-graphql schema', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schema-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  const committed = () => readFile('schema.graphql', 'utf8');

  it('prints schema.graphql, which is fresh', async () => {
    expect(await run(['schema'])).toEqual({ code: 0, stdout: await committed(), stderr: '' });
  });

  it('prints the same as an introspection would answer it', async () => {
    const { code, stdout, stderr } = await run(['schema', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { data } = JSON.parse(stdout) as { data: IntrospectionQuery };
    expect(`${printSchema(lexicographicSortSchema(buildClientSchema(data)))}\n`).toBe(await committed());
  });

  it('writes it where it is told to, and prints nothing', async () => {
    const file = join(folder, 'mine.graphql');
    expect(await run(['schema', '--write', file])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readFile(file, 'utf8')).toBe(await committed());
  });

  it('exits 1 where it cannot write, and says why', async () => {
    const file = join(folder, 'no', 'such', 'folder.graphql');
    const stderr = `${file} cannot be written: its folder is not there.\n`;
    expect(await run(['schema', '--write', file])).toEqual({ code: 1, stdout: '', stderr });
  });
});
