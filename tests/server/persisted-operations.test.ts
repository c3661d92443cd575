import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { ConfigError } from '../../src/config/config.ts';
import type { Gateway } from '../../src/gateway.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { codes, envFor, gatewayOver, post, serve, startSmallMode, type Answer, type Env } from '../support/gateway.ts';
import { at, textAt } from '../support/tree.ts';

const NAME = 'query WorkspaceName { workspace { username } }';
const PAGE =
  'query Page($first: Int!) { workspace { collections(first: $first) { totalCount nodes { name } } } } query Count { workspace { collections { totalCount } } }';
const LAYOUT = 'query Layout($token: String!) { report(token: $token) { name layout } }';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const BY_HASH = { [hash(NAME)]: NAME, [hash(PAGE)]: PAGE, [hash(LAYOUT)]: LAYOUT };

const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
let files = 0;

/** The path of a file that holds this. */
function manifest(content: unknown): string {
  const path = join(folder, `${String((files += 1))}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('persisted operations', () => {
  let mode: Simulator;
  const running: { readonly gateway: Gateway; readonly server: RunningServer }[] = [];
  let free: string;
  let only: string;
  let none: string;

  const start = async (env: Env): Promise<string> => {
    const gateway = gatewayOver({ ...envFor(mode), ...env });
    const server = await serve(gateway);
    running.push({ gateway, server });
    return server.url;
  };

  beforeAll(async () => {
    // Heavy reports: light ones have no layout.
    mode = await startSmallMode({ behaviour: { weight: 'full' } });
    const PERSISTED_OPERATIONS = manifest(BY_HASH);
    free = await start({ PERSISTED_OPERATIONS });
    only = await start({ PERSISTED_OPERATIONS, PERSISTED_OPERATIONS_ONLY: 'on' });
    none = await start({});
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    for (const { server, gateway } of running) {
      await server.stop();
      await gateway.dispose();
    }
    await mode.close();
    rmSync(folder, { recursive: true });
  });

  interface Sent {
    readonly status: number;
    readonly answer: Answer;
  }
  const postTo = async (url: string, body: unknown, accept = 'application/graphql-response+json'): Promise<Sent> => {
    const headers = { 'content-type': 'application/json', accept };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, answer: (await response.json()) as Answer };
  };
  const getFrom = async (url: string, parameters: Record<string, string>): Promise<Sent> => {
    const response = await fetch(`${url}/graphql?${new URLSearchParams(parameters).toString()}`);
    return { status: response.status, answer: (await response.json()) as Answer };
  };
  const persistedQuery = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

  describe.each(['free', 'only'])('of a gateway that answers them (%s)', (which) => {
    const url = (): string => (which === 'free' ? free : only);

    it.each<[string, (id: string) => unknown]>([
      ['documentId', (documentId) => ({ documentId })],
      ['documentId with the name of the hash', (id) => ({ documentId: `sha256:${id}` })],
      ['id', (id) => ({ id })],
      ['doc_id, as Relay’s own', (doc_id) => ({ doc_id })],
      ['Apollo’s extension', (id) => ({ extensions: persistedQuery(id) })],
      ['documentId beside an empty text', (documentId) => ({ documentId, query: '' })],
    ])('are asked for by %s', async (_where, body) => {
      const { status, answer } = await postTo(url(), body(hash(NAME)));
      expect([status, answer.data]).toEqual([200, { workspace: { username: mode.workspace } }]);
    });

    it.each<[string, (id: string) => Record<string, string>]>([
      ['documentId', (documentId) => ({ documentId })],
      ['id', (id) => ({ id })],
      ['doc_id', (doc_id) => ({ doc_id })],
      ['Apollo’s extension', (id) => ({ extensions: JSON.stringify(persistedQuery(id)) })],
    ])('are asked for with GET, by %s', async (_where, parameters) => {
      const { status, answer } = await getFrom(url(), parameters(hash(NAME)));
      expect([status, answer.data]).toEqual([200, { workspace: { username: mode.workspace } }]);
    });

    it('take variables and the name of an operation', async () => {
      const { answer } = await postTo(url(), {
        documentId: hash(PAGE),
        operationName: 'Page',
        variables: { first: 2 },
      });
      expect(at(answer.data, 'workspace.collections.nodes')).toHaveLength(2);
      const got = await getFrom(url(), { documentId: hash(PAGE), operationName: 'Count' });
      expect(at(got.answer.data, 'workspace.collections.totalCount')).toBe(mode.world.collections.length);
      const wrong = await postTo(url(), { documentId: hash(PAGE), operationName: 'Page', variables: { first: 'x' } });
      expect(codes(wrong.answer)).toEqual(['BAD_USER_INPUT']);
    });

    it('get what their text asks for, layouts too', async () => {
      const report = mode.world.reports.find(({ archived }) => !archived);
      const { answer } = await postTo(url(), { documentId: hash(LAYOUT), variables: { token: report?.token ?? '' } });
      expect(textAt(answer.data, 'report.layout')).not.toBe('');
    });

    it.each(['nope', hash('{ __typename }'), 'constructor', '__proto__', 'toString'])(
      'are not found by an id that is none of theirs (%s), at no call',
      async (id) => {
        for (const body of [{ documentId: id }, { extensions: persistedQuery(id) }]) {
          const { status, answer } = await postTo(url(), body);
          expect([status, codes(answer)]).toEqual([400, ['PERSISTED_QUERY_NOT_FOUND']]);
          expect(answer.errors?.[0]?.message).toBe('PersistedQueryNotFound');
        }
        expect(codes((await getFrom(url(), { id })).answer)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
        expect(mode.ledger.entries).toEqual([]);
      },
    );
  });

  it('are never learnt from what clients send', async () => {
    const text = '{ workspace { name } }';
    const both = await postTo(free, { query: text, extensions: persistedQuery(hash(text)) });
    expect(both.answer.data).toEqual({ workspace: { name: mode.world.workspace.name } });
    const again = await postTo(free, { extensions: persistedQuery(hash(text)) });
    expect(codes(again.answer)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('do not keep a gateway from answering free questions, nor from asking for one', async () => {
    expect((await postTo(free, { query: NAME })).status).toBe(200);
    const { status, answer } = await postTo(free, { variables: {} });
    expect([status, codes(answer)]).toEqual([400, ['BAD_REQUEST']]);
    expect(answer.errors?.[0]?.message).toMatch(/^There is no question in this request/);
  });

  it('are not supported by a gateway that has none, which clients are told so that they send the text', async () => {
    for (const body of [{ documentId: hash(NAME) }, { extensions: persistedQuery(hash(NAME)) }]) {
      const { status, answer } = await postTo(none, body);
      expect([status, codes(answer)]).toEqual([400, ['PERSISTED_QUERY_NOT_SUPPORTED']]);
      expect(answer.errors?.[0]?.message).toBe('PersistedQueryNotSupported');
    }
    expect((await postTo(none, { query: NAME, documentId: 'ignored', extensions: persistedQuery('x') })).status).toBe(
      200,
    );
  });

  describe('with PERSISTED_OPERATIONS_ONLY', () => {
    it.each<[string, unknown]>([
      ['a free question', { query: '{ workspace { name } }' }],
      ['the text of a persisted one', { query: NAME }],
      ['a text beside a known id', { query: '{ workspace { name } }', documentId: hash(NAME) }],
      ['introspection', { query: getIntrospectionQuery() }],
      ['what is no text', { query: 7 }],
    ])('%s is refused, and told what to do, at no call', async (_what, body) => {
      for (const accept of ['application/json', 'application/graphql-response+json']) {
        const { status, answer } = await postTo(only, body, accept);
        expect([status, codes(answer)]).toEqual([403, ['FORBIDDEN']]);
        expect(answer.errors?.[0]?.message).toMatch(/documentId.*PERSISTED_OPERATIONS_ONLY/s);
      }
      expect(mode.ledger.entries).toEqual([]);
    });

    it('a request without an id is told to send one', async () => {
      for (const { status, answer } of [await postTo(only, {}), await postTo(only, { documentId: 7 })]) {
        expect([status, codes(answer)]).toEqual([400, ['BAD_REQUEST']]);
        expect(answer.errors?.[0]?.message).toContain('documentId');
      }
    });

    it('a person who comes with a browser reads why there is no GraphiQL', async () => {
      const page = await fetch(`${only}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8' } });
      expect(page.headers.get('content-type')).toContain('application/json');
      expect(await page.text()).toContain('GraphiQL');
    });

    it('health and readiness are as ever', async () => {
      expect((await fetch(`${only}/health`)).status).toBe(200);
      expect((await fetch(`${only}/ready`)).status).toBe(200);
    });

    it('a batch is refused the one free question in it', async () => {
      const PERSISTED_OPERATIONS = manifest(BY_HASH);
      const url = await start({ PERSISTED_OPERATIONS, PERSISTED_OPERATIONS_ONLY: 'on', MAX_BATCH: '3' });
      const response = await fetch(`${url}/graphql`, {
        ...post(''),
        body: JSON.stringify([{ documentId: hash(NAME) }, { query: NAME }, null]),
      });
      const [known, free, nothing] = (await response.json()) as [Answer, Answer, Answer];
      expect(known.data).toEqual({ workspace: { username: mode.workspace } });
      expect([codes(free), codes(nothing)]).toEqual([['FORBIDDEN'], ['BAD_REQUEST']]);
    });
  });

  describe('of a manifest', () => {
    /** What is wrong with it, line by line. */
    const problemsOf = (content: unknown): readonly string[] => {
      try {
        gatewayOver({ ...envFor(mode), PERSISTED_OPERATIONS: manifest(content) });
      } catch (error) {
        if (error instanceof ConfigError) return error.problems;
        throw error;
      }
      return [];
    };
    const apollo = (operations: unknown, version = 1) => ({
      format: 'apollo-persisted-query-manifest',
      version,
      operations,
    });

    it('by Apollo are answered, too', async () => {
      const operations = [{ id: 'an-id', name: 'WorkspaceName', type: 'query', body: NAME }];
      const url = await start({ PERSISTED_OPERATIONS: manifest(apollo(operations)) });
      const { answer } = await postTo(url, { extensions: persistedQuery('an-id') });
      expect(answer.data).toEqual({ workspace: { username: mode.workspace } });
    });

    it('may begin with a byte order mark', () => {
      expect(problemsOf(`\uFEFF${JSON.stringify(BY_HASH)}`)).toEqual([]);
    });

    const UNKNOWN =
      'PERSISTED_OPERATIONS must hold {"<id>": "query …"}, as graphql-codegen and the Relay compiler write it, or Apollo’s manifest of version 1';
    it.each<[string, unknown, string[]]>([
      ['no JSON', 'query { workspace }', ['PERSISTED_OPERATIONS must be JSON']],
      ['a list', [NAME], [UNKNOWN]],
      ['numbers', { a: 1 }, [UNKNOWN]],
      ['a later version of Apollo’s', apollo([{ id: 'a', body: NAME }], 2), [UNKNOWN]],
      ['nothing', {}, ['PERSISTED_OPERATIONS holds no operation']],
      ['nothing, as Apollo says it', apollo([]), ['PERSISTED_OPERATIONS holds no operation']],
      [
        'one id twice',
        apollo([
          { id: 'a', body: NAME },
          { id: 'a', body: PAGE },
        ]),
        ['PERSISTED_OPERATIONS holds two operations with the id a'],
      ],
      [
        'operations of another schema, of which all are named',
        {
          [hash('1')]: 'query Old { workspace { nmae } }',
          [hash('2')]: NAME,
          third: '{ reports { id } }',
        },
        [
          'PERSISTED_OPERATIONS Old (6b86b273ff34fce1): Cannot query field "nmae" on type "Workspace". Did you mean "name"?',
          expect.stringMatching(/^PERSISTED_OPERATIONS an operation \(third\): /) as string,
        ],
      ],
      [
        'a mutation',
        { a: 'mutation Change { x }' },
        ['PERSISTED_OPERATIONS Change (a): this gateway answers queries, and knows no mutation'],
      ],
      [
        'only fragments',
        { a: 'fragment F on Workspace { name }' },
        ['PERSISTED_OPERATIONS an operation (a): holds fragments only'],
      ],
      [
        'what cannot be parsed',
        { a: 'query Half { workspace' },
        ['PERSISTED_OPERATIONS an operation (a): Syntax Error: Expected Name, found <EOF>.'],
      ],
    ])('that holds %s the gateway does not start with', (_what, content, problems) => {
      expect(problemsOf(content)).toEqual(problems);
    });

    it('that is wrong throughout, twenty are named', () => {
      const all = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`id${String(at)}`, '{ nope }']));
      const problems = problemsOf(all);
      expect([problems.length, problems.at(-1)]).toEqual([21, 'PERSISTED_OPERATIONS and 30 more']);
    });

    it('that is not there, the gateway says so', () => {
      expect(() => gatewayOver({ ...envFor(mode), PERSISTED_OPERATIONS: join(folder, 'nowhere.json') })).toThrow(
        'PERSISTED_OPERATIONS names a file that cannot be read (ENOENT)',
      );
    });
  });
});
