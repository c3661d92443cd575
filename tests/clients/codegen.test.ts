import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, typecheck, writeTsconfig } from './client-project.ts';
import { generate } from './codegen/generate.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { OPERATIONS } from './operations/read-operations.ts';

/** The face of `codegen/app/typed-client.ts`. */
interface TypedClient {
  summarise(endpoint: string, token: string): Promise<{ name: string | null; queries: string[] } | undefined>;
  mostViewed(endpoint: string): Promise<number[]>;
}

const CLIENT = join(__dirname, 'codegen/app/typed-client.ts');

let folder: string;

beforeAll(async () => {
  folder = await makeFolder();
  await writeTsconfig(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a client generated from schema.graphql', () => {
  let gateway: GatewayOnSimulator;
  let client: TypedClient;

  beforeAll(async () => {
    gateway = await startGatewayOnSimulator({ collections: 2, reports: 30, members: 6, dataSources: 2 });
    const { code, output } = await generate(folder, OPERATIONS);
    if (code !== 0) throw new Error(output);
    const copy = join(folder, 'typed-client.ts');
    await copyFile(CLIENT, copy);
    client = (await import(copy)) as TypedClient;
  }, 60_000);
  afterAll(() => gateway.stop());

  it('passes the strict compiler', async () => {
    expect(await typecheck(folder)).toEqual({ code: 0, output: '' });
  }, 60_000);

  it('is told by the compiler when it reads a field that it has not asked for', async () => {
    const wrong = join(folder, 'wrong-client.ts');
    const source = await readFile(CLIENT, 'utf8');
    await writeFile(wrong, source.replace('node.name', 'node.description'));
    const { code, output } = await typecheck(folder);
    await rm(wrong);
    expect(code).not.toBe(0);
    expect(output).toMatch(/wrong-client\.ts.*Property 'description' does not exist/);
  }, 60_000);

  it('gets real answers through its typed documents', async () => {
    const { world } = gateway.mode;
    const report = world.reports.find(({ token }) => world.liveQueries(token).length === 1);
    if (!report) throw new Error('the world has no report with one query');
    const queries = world.liveQueries(report.token).map(({ token }) => token);
    expect(await client.summarise(gateway.endpoint, report.token)).toEqual({ name: report.name, queries });

    const views = world.reports.filter(({ archived }) => !archived).map(({ viewCount }) => viewCount);
    expect(await client.mostViewed(gateway.endpoint)).toEqual(views.sort((a, b) => b - a).slice(0, 10));
  });
});

describe('generating from a misspelt operation', () => {
  it('fails, and says which field there is not', async () => {
    const misspelt = join(folder, 'misspelt.graphql');
    await writeFile(misspelt, 'query Misspelt { workspace { nmae } }');
    const { code, output } = await generate(folder, misspelt);
    expect(code).not.toBe(0);
    expect(output).toContain('Cannot query field "nmae" on type "Workspace"');
  }, 60_000);
});
