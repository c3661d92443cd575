import type { Gateway } from '../../src/gateway.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { codes, envFor, gatewayOver, post, serve, startSmallMode, type Answer } from '../support/gateway.ts';

const QUESTION = '{ workspace { username } }';

describe('a request that is no single query', () => {
  const unforeseen: unknown[] = [];
  const gateways: Gateway[] = [];
  let mode: Simulator;
  let single: RunningServer;
  let batching: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    const start = (env: Record<string, string>): Promise<RunningServer> => {
      const gateway = gatewayOver({ ...envFor(mode), ...env }, { reportError: (error) => unforeseen.push(error) });
      gateways.push(gateway);
      return serve(gateway);
    };
    single = await start({});
    batching = await start({ MAX_BATCH: '3' });
  });

  beforeEach(() => mode.ledger.clear());

  afterEach(() => expect(unforeseen).toEqual([]));

  afterAll(async () => {
    await Promise.all([single.stop(), batching.stop()]);
    for (const gateway of gateways) await gateway.dispose();
    await mode.close();
  });

  const get = (query: string, more = '') =>
    fetch(`${single.url}/graphql?query=${encodeURIComponent(query)}${more}`, {
      headers: { accept: 'application/graphql-response+json' },
    });
  const postBatch = (server: RunningServer, batch: readonly unknown[]) =>
    fetch(`${server.url}/graphql`, { ...post(''), body: JSON.stringify(batch) });

  it.each(['mutation { x }', 'subscription { x }', 'query Q { __typename } mutation M { x }'])(
    'is no method for GET: %s',
    async (document) => {
      const response = await get(document, document.includes('M {') ? '&operationName=M' : '');
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expect(codes((await response.json()) as Answer)).toEqual(['BAD_REQUEST']);
      expect(mode.ledger.entries).toEqual([]);
    },
  );

  it.each(['mutation', 'subscription'])('is told that there is no %s when it is posted', async (kind) => {
    const response = await fetch(`${single.url}/graphql`, post(`${kind} { workspace { username } }`));
    const answer = (await response.json()) as Answer;
    expect(codes(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(answer.errors?.[0]?.message).toContain(`knows no ${kind}`);
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each(['variables', 'extensions'])(
    'is told when %s in an address is no JSON, and is no fault of ours',
    async (name) => {
      const response = await get(QUESTION, `&${name}=${encodeURIComponent('{"a":')}`);
      expect(response.status).toBe(400);
      expect(codes((await response.json()) as Answer)).toEqual(['BAD_REQUEST']);
      expect(mode.ledger.entries).toEqual([]);
    },
  );

  it('is refused as a batch, even as one of one, unless MAX_BATCH says otherwise', async () => {
    for (const batch of [[], [{ query: QUESTION }], [{ query: QUESTION }, { query: QUESTION }]]) {
      const response = await postBatch(single, batch);
      expect(response.status).toBe(400);
      expect(codes((await response.json()) as Answer)).toEqual(['BAD_REQUEST']);
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it('is answered as a batch of up to MAX_BATCH, each with its own bill', async () => {
    const response = await postBatch(batching, [{ query: QUESTION }, { query: '{ nope }' }, null]);
    expect(response.status).toBe(200);
    const [first, second, third] = (await response.json()) as [Answer, Answer, Answer];
    expect(first.data).toEqual({ workspace: { username: mode.workspace } });
    expect(first.extensions?.upstream.calls).toBeDefined();
    expect([codes(second), codes(third)]).toEqual([['GRAPHQL_VALIDATION_FAILED'], ['BAD_REQUEST']]);
  });

  it('is refused as a larger batch, at no call', async () => {
    const response = await postBatch(
      batching,
      Array.from({ length: 4 }, () => ({ query: QUESTION })),
    );
    expect(response.status).toBe(413);
    expect(codes((await response.json()) as Answer)).toEqual(['BAD_REQUEST']);
    expect(mode.ledger.entries).toEqual([]);
  });
});
