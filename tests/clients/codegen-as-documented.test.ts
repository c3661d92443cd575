import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { found } from '../docs/pages.ts';
import { makeFolder, runTool, SCHEMA, writeTsconfig } from './client-project.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from './gateway-on-simulator.ts';

let gateway: GatewayOnSimulator;
let folder: string;

beforeAll(async () => {
  const page = await readFile('docs/front-end.md', 'utf8');
  const [config = '', asking = ''] = found(page, /```ts\n([^]*?)```/g);
  gateway = await startGatewayOnSimulator({ collections: 2, reports: 10, members: 2, dataSources: 1 });
  folder = await makeFolder();
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'codegen.ts'), config);
  await writeFile(join(folder, 'src/names.ts'), `${asking}\nexport { NAMES };\n`);
  await writeTsconfig(folder);
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await gateway.stop();
});

it.each([
  ['a running gateway', () => gateway.endpoint],
  ['the file of the package', () => SCHEMA],
])(
  'what docs/front-end.md says of graphql-codegen makes types of %s',
  async (_what, schema) => {
    const variables = { GATEWAY_SCHEMA: schema() };
    const { code, output } = await runTool('@graphql-codegen/cli/cjs/bin.js', [], folder, variables);
    expect(code === 0 ? '' : output).toBe('');
    const types = await readFile(join(folder, 'src/generated/graphql.ts'), 'utf8');
    expect(types).toMatch(/type NamesQuery = .*workspace.*name/);
    await rm(join(folder, 'src/generated'), { recursive: true });
  },
  60_000,
);

it('both scalars of the schema, and no others, are mapped there', async () => {
  const scalars = found(await readFile(SCHEMA, 'utf8'), /^scalar (\w+)/gm);
  const mapped = found(await readFile('docs/front-end.md', 'utf8'), /scalars: \{ (.*?) \}/g).flatMap((each) =>
    found(each, /(\w+):/g),
  );
  expect(mapped.sort()).toEqual(scalars.sort());
});
