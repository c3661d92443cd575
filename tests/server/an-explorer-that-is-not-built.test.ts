import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSchema, createYoga } from 'graphql-yoga';
import { useExplorer } from '../../src/server/plugins/use-explorer.ts';
import { post } from '../support/gateway.ts';

const PAGE = { headers: { accept: 'text/html' } };

describe('an explorer that has not been built', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explorer-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const yogaOver = () =>
    createYoga({
      schema: createSchema({ typeDefs: 'type Query { a: Int }' }),
      graphiql: false,
      logging: false,
      plugins: [useExplorer({ endpoint: '/graphql', headersHint: undefined, folder: pathToFileURL(`${folder}/`) })],
    });

  it('says in one line how to build it, and keeps no question from being answered', async () => {
    const yoga = yogaOver();
    const page = await yoga.fetch('http://gateway/graphql', PAGE);
    const text = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(text).toContain('npm run build');
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).not.toContain(folder);
    const answer = await yoga.fetch('http://gateway/graphql', post('{ __typename }'));
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('or whose files are gone while the gateway runs, has no such file', async () => {
    await mkdir(join(folder, 'assets'));
    const page = { script: 'a-12345678.js', styles: [], preloads: [], icon: 'b.svg' };
    await writeFile(join(folder, 'page.json'), JSON.stringify(page));
    await writeFile(join(folder, 'assets', page.script), 'let a;');
    const yoga = yogaOver();
    const address = `http://gateway/graphql/explorer/${page.script}`;
    expect(await (await yoga.fetch(address)).text()).toBe('let a;');
    // What comes later is not in the list, which was made at the start.
    await writeFile(join(folder, 'assets', 'later.js'), 'let b;');
    expect(await (await yoga.fetch('http://gateway/graphql/explorer/later.js')).text()).not.toContain('let b');
    await rm(join(folder, 'assets', page.script));
    expect((await yoga.fetch(address)).status).toBe(404);
  });
});
