import { parse } from 'graphql';
import { ClientError, gql, GraphQLClient, type RequestDocument } from 'graphql-request';
import { inOrder, some } from '../support/world-order.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from './gateway-on-simulator.ts';

const KEY = 'a-key-of-this-client';
const SIZE = { collections: 3, reports: 40, members: 6, dataSources: 2 };

interface ReportsData {
  readonly workspace: {
    readonly reports: { readonly totalCount: number; readonly nodes: readonly { readonly token: string }[] };
  };
}

const REPORTS = gql`
  query Reports($first: Int, $after: String, $filter: ReportFilter, $orderBy: ReportOrder) {
    workspace {
      reports(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        nodes {
          token
        }
      }
    }
  }
`;

const NAME = gql`
  query Name($token: String!) {
    report(token: $token) {
      name
    }
  }
`;

let gateway: GatewayOnSimulator;
let locked: GatewayOnSimulator;
let batching: GatewayOnSimulator;
let client: GraphQLClient;

beforeAll(async () => {
  [gateway, locked, batching] = await Promise.all([
    startGatewayOnSimulator(SIZE),
    startGatewayOnSimulator(SIZE, { GATEWAY_API_KEYS: KEY }),
    startGatewayOnSimulator(SIZE, { MAX_BATCH: '3' }),
  ]);
  client = new GraphQLClient(gateway.endpoint);
});
beforeEach(() => gateway.mode.ledger.clear());
afterAll(() => Promise.all([gateway, locked, batching].map((each) => each.stop())));

const ran = () => some(gateway.mode.world.reports, (row) => row.lastRunToken !== null);
const callsMade = (): string[] => gateway.mode.ledger.entries.map(({ path }) => path);

/** The error that a caller catches. */
async function caught(asked: Promise<unknown>): Promise<ClientError> {
  const error = await asked.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  if (error instanceof ClientError) return error;
  throw error;
}

describe('a question of graphql-request', () => {
  it('is answered, whether its document is text or parsed, and sent by POST or by GET', async () => {
    const report = ran();
    for (const document of [NAME, parse(NAME)] satisfies RequestDocument[]) {
      for (const method of ['POST', 'GET'] as const) {
        const by = new GraphQLClient(gateway.endpoint, { method });
        expect(await by.request(document, { token: report.token })).toEqual({ report: { name: report.name } });
      }
    }
    expect(callsMade()).toEqual(Array.from({ length: 4 }, () => `/api/acme/reports/${report.token}`));
  });

  it('has its variables understood: lists, inputs within inputs, dates, null and what is left out', async () => {
    const { world } = gateway.mode;
    const since = some(world.reports).createdAt;
    const { workspace } = await client.request<ReportsData>(REPORTS, {
      first: 100,
      after: null,
      filter: {
        search: undefined,
        types: null,
        or: [{ createdAt: { after: new Date(since) } }, { viewCount: { max: 3 } }],
      },
      orderBy: { field: 'VIEW_COUNT', direction: 'DESC' },
    });
    const found = world.reports.filter((row) => row.createdAt >= since || row.viewCount <= 3);
    expect(workspace.reports).toEqual({
      totalCount: found.length,
      nodes: inOrder(found, (row) => row.viewCount, 'DESC').map(({ token }) => ({ token })),
    });
  });

  it('may be given up, and is', async () => {
    const leaving = new AbortController();
    const asked = new GraphQLClient(gateway.endpoint, { signal: leaving.signal }).request(NAME, { token: ran().token });
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('carries a key', async () => {
    for (const headers of [{ authorization: `Bearer ${KEY}` }, { 'x-api-key': KEY }]) {
      const known = new GraphQLClient(locked.endpoint, { headers: headers as Record<string, string> });
      expect(await known.request('{ workspace { username } }')).toEqual({ workspace: { username: 'acme' } });
    }
  });
});

describe('an error, as a caller of graphql-request catches it', () => {
  it.each<[string, () => Promise<unknown>, number]>([
    ['BAD_USER_INPUT', () => client.request(REPORTS, { first: 101 }), 200],
    ['INVALID_CURSOR', () => client.request(REPORTS, { after: 'bm90IGEgY3Vyc29y' }), 200],
    ['GRAPHQL_VALIDATION_FAILED', () => client.request('{ workspace { nmae } }'), 400],
    ['GRAPHQL_PARSE_FAILED', () => client.rawRequest('{ workspace {'), 400],
    ['BAD_USER_INPUT', () => client.request(REPORTS, { orderBy: { field: 'SIZE' } }), 400],
    ['UNAUTHENTICATED', () => new GraphQLClient(locked.endpoint).request('{ workspace { username } }'), 401],
  ])('has the code %s, and no call was made', async (code, ask, status) => {
    const { response } = await caught(ask());
    expect([response.status, response.errors?.map(({ extensions }) => extensions.code)]).toEqual([status, [code]]);
    expect(callsMade()).toEqual([]);
  });

  it('holds what could be read, or is no exception at all, as the caller has it', async () => {
    const { token, name } = ran();
    const fault = gateway.mode.faults.inject({ match: `/reports/${token}/runs`, kind: 'html200' });
    const question = `{ report(token: "${token}") { name lastRun { isLatest } } }`;
    const part = { report: { name, lastRun: null } };

    const { response } = await caught(client.request(question));
    expect(response.data).toEqual(part);
    expect(response.errors).toMatchObject([
      { path: ['report', 'lastRun'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE', retryable: false } },
    ]);

    const tolerant = new GraphQLClient(gateway.endpoint, { errorPolicy: 'all' });
    expect(await tolerant.rawRequest(question)).toMatchObject({
      data: part,
      errors: [{ path: ['report', 'lastRun'] }],
    });
    fault.remove();
  });
});

describe('a batch of graphql-request', () => {
  const batch = (length: number) =>
    Array.from({ length }, () => ({ document: NAME, variables: { token: ran().token } }));

  it('is refused with a code, at no call, unless the operator allows batches', async () => {
    const { response } = await caught(client.batchRequests(batch(2)));
    expect([response.status, response.errors?.map(({ extensions }) => extensions.code)]).toEqual([
      400,
      ['BAD_REQUEST'],
    ]);
    expect(callsMade()).toEqual([]);
  });

  it('is answered, each question with its data, where it is allowed', async () => {
    const answers = await new GraphQLClient(batching.endpoint).batchRequests(batch(2));
    const { name } = ran();
    expect(answers).toMatchObject([{ data: { report: { name } } }, { data: { report: { name } } }]);
  });
});
