import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder, some } from '../support/world-order.ts';
import { makeFolder, runTool, SCHEMA, typecheck, writeTsconfig } from './client-project.ts';
import { generate } from './codegen/generate.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { DIFFERENT, writeComparison, writeDocuments } from './gql-tada/write-documents.ts';
import { OPERATIONS } from './operations/read-operations.ts';

/** The face of `gql-tada/app/tada-client.ts`. */
interface TadaClient {
  workOf(
    endpoint: string,
    variables: { username: string; first?: number },
  ): Promise<{ total: number; names: (string | null)[] } | undefined>;
  makerOfTheFirst(endpoint: string, username: string): Promise<string | undefined>;
}

const APP = join(__dirname, 'gql-tada/app');

/** What the compiler must refuse: a change to the client, and what is said of it. */
const WRONG = [
  [
    'reads a field that it has not asked for',
    'report.name',
    'report.description',
    /Property 'description' does not exist/,
  ],
  ['passes a variable of the wrong type', 'first: 1 }', "first: 'one' }", /'string' is not assignable to type 'number/],
  ['leaves out a variable that must be there', '{ username, first: 1 }', '{ first: 1 }', /'{ first: number; }' is not/],
  [
    'takes for granted what may be null',
    'member?.reports?.nodes',
    'member?.reports.nodes',
    /'member.reports' is possibly/,
  ],
] as const;

/** Ids are strings and lists are lists, as gql.tada has it; graphql-codegen would take numbers, and one for many. */
const STRICTEST = { arrayInputCoercion: false, scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' } };

let folder: string;
let names: readonly string[];
/** What the compiler said, by file. */
let said: Map<string, string[]>;

beforeAll(async () => {
  folder = await makeFolder();
  await cp(APP, folder, { recursive: true });
  await writeTsconfig(folder, {
    plugins: [{ name: '@0no-co/graphqlsp', schema: SCHEMA, tadaOutputLocation: './graphql-env.d.ts' }],
  });
  names = await writeDocuments(folder);
  for (const { code, output } of [
    await runTool('gql.tada/bin/cli.js', ['generate-output'], folder),
    await generate(folder, OPERATIONS, {}, STRICTEST),
  ]) {
    if (code !== 0) throw new Error(output);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function compile(): Promise<void> {
  await writeComparison(folder, names);
  await writeFile(join(folder, 'different.ts'), DIFFERENT);
  const source = await readFile(join(APP, 'tada-client.ts'), 'utf8');
  for (const [index, [, right, wrong]] of WRONG.entries()) {
    expect(source).toContain(right);
    await writeFile(join(folder, `wrong-${index}.ts`), source.replace(right, wrong));
  }
  const { output } = await typecheck(folder);
  said = new Map();
  for (const line of output.split('\n')) {
    const [, file = '', error = line] = /([\w-]+\.ts)\(\d+,\d+\): (.*)/.exec(line) ?? [];
    if (line !== '' && !line.startsWith(' ')) said.set(file, [...(said.get(file) ?? []), error]);
  }
}

describe('gql.tada, with nothing but schema.graphql', () => {
  it('finds nothing wrong with thirty operations and a client', async () => {
    expect(names).toHaveLength(30);
    const { code, output } = await runTool('gql.tada/bin/cli.js', ['check'], folder);
    expect([code, output]).toEqual([0, expect.not.stringMatching(/error|warning/i)]);
  });

  describe('and the strict compiler', () => {
    beforeAll(compile);

    it('come to the types of answers and variables that graphql-codegen comes to', () => {
      const files = ['different.ts', ...WRONG.map((_, index) => `wrong-${index}.ts`)];
      expect([...said.keys()].sort()).toEqual(files.sort());
      expect(said.get('different.ts')).toEqual([expect.stringContaining('"does not fit"')]);
    });

    it.each(WRONG.map(([what, , , error], index) => ({ what, error, index })))(
      'refuse a client that $what',
      ({ error, index }) => {
        expect(said.get(`wrong-${index}.ts`)).toEqual([expect.stringMatching(error)]);
      },
    );
  });
});

describe('a client written with gql.tada', () => {
  let gateway: GatewayOnSimulator;
  let client: TadaClient;

  beforeAll(async () => {
    gateway = await startGatewayOnSimulator({ collections: 2, reports: 30, members: 6, dataSources: 2 });
    client = (await import(join(folder, 'tada-client.ts'))) as TadaClient;
  });
  afterAll(() => gateway.stop());

  it('gets real answers, by a fragment, by variables and by id', async () => {
    const { world } = gateway.mode;
    const { creatorUsername: username } = some(world.reports);
    const made = inOrder(
      world.reports.filter((row) => row.creatorUsername === username),
      (row) => row.name,
    );
    expect(await client.workOf(gateway.endpoint, { username, first: 3 })).toEqual({
      total: made.length,
      names: made.slice(0, 3).map((row) => row.name),
    });
    expect(await client.workOf(gateway.endpoint, { username: 'nobody' })).toBeUndefined();
    expect(await client.makerOfTheFirst(gateway.endpoint, username)).toBe(username);
  });
});
