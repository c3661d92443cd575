import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { print, type DocumentNode } from 'graphql';
import { makeFolder } from './client-project.ts';
import { generate } from './codegen/generate.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { OPERATIONS } from './operations/read-operations.ts';

const SIZE = { collections: 2, reports: 12, members: 4, dataSources: 2 };
const NAME = gql`
  query Name {
    workspace {
      id
      username
      __typename
    }
  }
`;

let folder: string;
const gateways: GatewayOnSimulator[] = [];

beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(variables: Readonly<Record<string, string>>): Promise<GatewayOnSimulator> {
  const gateway = await startGatewayOnSimulator(SIZE, variables);
  gateways.push(gateway);
  return gateway;
}

it('what graphql-codegen persists is answered by its hashes, and nothing else is', async () => {
  const { code, output } = await generate(folder, OPERATIONS, { persistedDocuments: true });
  expect([code, code === 0 ? '' : output]).toEqual([0, '']);
  const PERSISTED_OPERATIONS = join(folder, 'generated/persisted-documents.json');
  const manifest = JSON.parse(await readFile(PERSISTED_OPERATIONS, 'utf8')) as Record<string, string>;
  const gateway = await start({ PERSISTED_OPERATIONS, PERSISTED_OPERATIONS_ONLY: 'on' });
  const ask = async (body: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(gateway.endpoint, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  };

  const operations = Object.entries(manifest);
  expect(operations.length).toBeGreaterThan(10);
  for (const [documentId, text] of operations) {
    const [, name] = /^query (\w+)/.exec(text) ?? [];
    const answer = await ask({ documentId, operationName: name });
    // It was executed, if only to find that it lacks a variable.
    expect([name, answer]).toMatchObject([name, { extensions: { upstream: expect.any(Object) as unknown } }]);
    if (!text.includes('$')) expect([name, answer]).not.toMatchObject([name, { errors: expect.anything() as unknown }]);
  }
  expect(await ask({ query: Object.values(manifest)[0] })).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
}, 60_000);

describe('Apollo Client with its link for persisted queries', () => {
  const hash = (document: DocumentNode): string => createHash('sha256').update(print(document)).digest('hex');
  /** A client, and what it sent: the text, or nothing but the hash. */
  const clientOf = (endpoint: string, useGETForHashedQueries: boolean) => {
    const sent: string[] = [];
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      defaultOptions: { query: { fetchPolicy: 'no-cache' } },
      link: ApolloLink.from([
        new PersistedQueryLink({ generateHash: hash, useGETForHashedQueries }),
        new HttpLink({
          uri: endpoint,
          fetch: (input, init) => {
            const method = init?.method ?? 'GET';
            const said = JSON.stringify([input, init?.body]);
            const withText = /[?&]query=|\\"query\\":/.test(said);
            sent.push(`${method} ${withText ? 'text' : 'hash'}`);
            return fetch(input, init);
          },
        }),
      ]),
    });
    return { client, sent };
  };
  const manifestFor = async (content: unknown): Promise<string> => {
    const path = join(folder, 'apollo.json');
    await writeFile(path, JSON.stringify(content));
    return path;
  };

  it.each([true, false])('sends hashes only, and gets its answers (with GET: %s)', async (useGet) => {
    const operations = [{ id: hash(NAME), name: 'Name', type: 'query', body: print(NAME) }];
    const PERSISTED_OPERATIONS = await manifestFor({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations,
    });
    const gateway = await start({ PERSISTED_OPERATIONS, PERSISTED_OPERATIONS_ONLY: 'on' });
    const { client, sent } = clientOf(gateway.endpoint, useGet);
    const { data } = await client.query({ query: NAME });
    expect(data).toMatchObject({ workspace: { username: gateway.mode.workspace } });
    expect(sent).toEqual([useGet ? 'GET hash' : 'POST hash']);
  });

  it('sends the text when the gateway does not find the hash, each time', async () => {
    const gateway = await start({ PERSISTED_OPERATIONS: await manifestFor({ other: '{ workspace { id } }' }) });
    const { client, sent } = clientOf(gateway.endpoint, false);
    for (const _ of [1, 2]) await client.query({ query: NAME });
    expect(sent).toEqual(['POST hash', 'POST text', 'POST hash', 'POST text']);
  });

  it('stops sending hashes to a gateway that has no persisted operations', async () => {
    const gateway = await start({});
    const { client, sent } = clientOf(gateway.endpoint, false);
    for (const _ of [1, 2]) await client.query({ query: NAME });
    expect(sent).toEqual(['POST hash', 'POST text', 'POST text']);
  });
});
