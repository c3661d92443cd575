/** Answers made of nothing but lists that the catalog holds are kept until one of those is replaced. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateway } from '../../src/gateway.ts';
import type { OperationReport } from '../../src/server/operation-report.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import {
  ask,
  askFresh,
  envWithDiscovery,
  gatewayOver,
  post,
  startSmallMode,
  until,
  type Answer,
  type Env,
} from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { textAt } from '../support/tree.ts';

const LIST = 'query Names { workspace { reports(first: 5) { totalCount nodes { token name viewCount } } } }';

let mode: Simulator;
let clock: ShiftedClock;
const gateways: Gateway[] = [];
/** Of every question, in order. */
const reports: OperationReport[] = [];

beforeEach(async () => {
  mode = await startSmallMode();
  clock = new ShiftedClock();
});

afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.dispose();
  reports.length = 0;
  await mode.close();
});

async function warmGateway(env: Env = {}): Promise<Gateway> {
  const gateway = gatewayOver(
    { ...envWithDiscovery(mode), CATALOG_MAX_AGE: '1h', ...env },
    { clock, onOperation: (report) => reports.push(report) },
  );
  gateways.push(gateway);
  await gateway.restore();
  await gateway.catalog.warm();
  mode.ledger.clear();
  return gateway;
}

/** All that does not tell of the limit as it stands. */
function lasting({ extensions, ...answer }: Answer): Answer {
  const { rateLimit: _, ...upstream } = extensions?.upstream ?? {};
  return { ...answer, extensions: { upstream } } as Answer;
}

/** A change that the gateway does not hear of shows whether it has looked. */
function rename(): void {
  for (const report of mode.world.reports) mode.world.renameReport(report.token, `Renamed ${report.token}`);
  mode.rebuildDiscovery();
}

/** Lists, pages and orders, in every combination, of facts that Discovery or a kept list of REST tells. */
function questions(): string[] {
  const rows = {
    reports:
      'id token name lastViewedAt viewCount webUrl provenance { source asOf } creator { name } collection { name }',
    queries: 'id name sql report { name } dataSource { name }',
    charts: 'id token type query { name }',
    collections: 'id name reports(first: 2) { totalCount nodes { name } }',
    members: 'id name email',
    dataSources: 'id name vendor',
  };
  const pages = ['first: 3', 'last: 2', 'first: 100', ''];
  const list = (name: string, page: string, row: string): string =>
    `{ workspace { ${name}${page && `(${page})`} { totalCount pageInfo { endCursor } edges { cursor node { ${row} } } } } }`;
  const lists = Object.entries(rows).flatMap(([name, row]) => pages.map((page) => list(name, page, row)));
  const orders = ['NAME', 'CREATED_AT', 'LAST_VIEWED_AT', 'VIEW_COUNT'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction) =>
      list('reports', `first: 5, orderBy: { field: ${field}, direction: ${direction} }`, rows.reports),
    ),
  );
  return [
    ...lists,
    ...orders,
    list('reports', 'filter: { search: "a" }', rows.reports),
    '{ __schema { types { name } } }',
  ];
}

it('questions of all kinds, asked again, get the answer that a gateway gives which keeps none', async () => {
  // The lists of both are of the same moments, which cursors and bills tell of.
  const folder = await mkdtemp(join(tmpdir(), 'given-again-'));
  await (await warmGateway({ CATALOG_DIR: folder })).dispose();
  const keeping = await warmGateway({ CATALOG_DIR: folder });
  const forgetting = await warmGateway({ CATALOG_DIR: folder, ANSWER_CACHE_SIZE: '0MB' });
  for (const question of questions()) {
    const expected = lasting(await ask(forgetting, question));
    for (let n = 0; n < 3; n++) expect([question, lasting(await ask(keeping, question))]).toEqual([question, expected]);
  }
  expect(mode.ledger.entries).toEqual([]);
  await rm(folder, { recursive: true });
});

it('the same question asked again is answered without looking: to the byte, but for the limit as it stands', async () => {
  const gateway = await warmGateway();
  const texts: string[] = [];
  for (let n = 0; n < 2; n++) {
    const response = await gateway.yoga.fetch('http://gateway/graphql', post(LIST));
    texts.push((await response.text()).replace(/"rateLimit":\{[^}]*\}/, ''));
  }
  expect(texts[1]).toBe(texts[0]);
  expect(texts[0]).toContain('"data":{"workspace":{"reports":{"totalCount":');
  expect(mode.ledger.entries).toEqual([]);
});

it('the limit in its bill is that of the moment', async () => {
  const gateway = await warmGateway({ MODE_RATE_LIMIT: '1000/3600s' });
  const remaining = async (): Promise<number | undefined> =>
    (await ask(gateway, LIST)).extensions?.upstream.rateLimit.remaining;
  const before = (await remaining()) ?? 0;
  await askFresh(gateway, 'no-cache', `{ report(token: "${mode.world.reports[0]?.token ?? ''}") { name } }`);
  expect(await remaining()).toBe(before - 1);
});

it('a list that is read anew makes the answer anew', async () => {
  const gateway = await warmGateway();
  const before = await ask(gateway, LIST);
  rename();
  expect((await ask(gateway, LIST)).data).toEqual(before.data);
  await gateway.catalog.refresh('reports', { priority: 'background' });
  const after = await ask(gateway, LIST);
  expect(textAt(after.data, 'workspace.reports.nodes.0.name')).toMatch(/^Renamed/);
});

it('a list that has grown too old is read anew behind an answer that is given again', async () => {
  const gateway = await warmGateway();
  await ask(gateway, LIST);
  rename();
  clock.skip(3_600_001);
  expect(textAt((await ask(gateway, LIST)).data, 'workspace.reports.nodes.0.name')).not.toMatch(/^Renamed/);
  await until(() => mode.ledger.calls({ path: '/batch/acme/reports' }).length === 1);
  let name: string | null | undefined;
  while (name?.startsWith('Renamed') !== true) {
    // An answer that is given again comes at once, and would leave no turn to what reads the list.
    await new Promise((resolve) => setImmediate(resolve));
    name = textAt((await ask(gateway, LIST)).data, 'workspace.reports.nodes.0.name');
  }
});

it('who wants nothing so old gets it from Mode', async () => {
  const gateway = await warmGateway();
  await ask(gateway, LIST);
  rename();
  clock.skip(60_000);
  const named = async (header: string): Promise<string | null | undefined> =>
    textAt((await askFresh(gateway, header, LIST)).data, 'workspace.reports.nodes.0.name');
  expect(await named('max-age=3600')).not.toMatch(/^Renamed/);
  expect(mode.ledger.entries).toEqual([]);
  expect(await named('max-age=30')).toMatch(/^Renamed/);
});

it('what Mode was asked for is not kept', async () => {
  const gateway = await warmGateway();
  const token = mode.world.reports[0]?.token ?? '';
  const question = `{ report(token: "${token}") { name archived } }`;
  await ask(gateway, question);
  expect(mode.ledger.calls({ api: 'REST' })).toHaveLength(1);
  mode.world.renameReport(token, 'Renamed');
  const { data, extensions } = await ask(gateway, question);
  expect([textAt(data, 'report.name'), extensions?.upstream.calls]).toEqual(['Renamed', { rest: 1, discovery: 0 }]);
});

it('what tells of the moment is told of each moment', async () => {
  const gateway = await warmGateway({ MODE_RATE_LIMIT: '1000/3600s' });
  const question = '{ rateLimit { remaining } catalog { state } workspace { username } }';
  const { data } = await ask(gateway, question);
  await askFresh(gateway, 'no-cache', `{ report(token: "${mode.world.reports[0]?.token ?? ''}") { name } }`);
  expect((await ask(gateway, question)).data).not.toEqual(data);
});

it('who hides what Discovery knows from some of its callers keeps no answer', async () => {
  const gateway = gatewayOver({ ...envWithDiscovery(mode), GATEWAY_AUTH: 'pass-through', CATALOG_MAX_AGE: '1h' });
  gateways.push(gateway);
  await gateway.catalog.warm();
  const { token, secret } = mode.credentials.member;
  const authorization = `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
  const request = post(LIST);
  const headers = { ...Object.fromEntries(new Headers(request.headers)), authorization };
  const named = async (): Promise<string | null | undefined> => {
    const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
    return textAt(((await response.json()) as Answer).data, 'workspace.reports.nodes.0.name');
  };
  const before = await named();
  expect(before).toBe(await named());
  rename();
  await gateway.catalog.refresh('reports', { priority: 'background' });
  expect(await named()).toMatch(/^Renamed/);
});

it.each([
  undefined,
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json',
  'application/json, application/graphql-response+json',
  'application/*',
  'text/html, application/json;q=0.9, */*;q=0.1',
  'text/event-stream, application/json',
  'APPLICATION/JSON; charset=utf-8',
  'application/json;charset=latin1, application/graphql-response+json',
  'text/html',
  'application/json;charset=latin1',
])('an answer that is given again is of the type that it had, for Accept: %s', async (accept) => {
  const gateway = await warmGateway();
  const request = post(LIST);
  const { accept: _, ...others } = Object.fromEntries(new Headers(request.headers));
  const asked = { ...request, headers: { ...others, ...(accept !== undefined && { accept }) } };
  const heads: unknown[] = [];
  for (let n = 0; n < 2; n++) {
    const { status, headers } = await gateway.yoga.fetch('http://gateway/graphql', asked);
    const { 'content-length': __, 'x-request-id': ___, ...head } = Object.fromEntries(headers);
    heads.push([status, head]);
  }
  expect(heads[1]).toEqual(heads[0]);
});

it('answers given again and others come in the order in which a batch asks for them', async () => {
  const gateway = await warmGateway({ MAX_BATCH: '5' });
  await ask(gateway, LIST);
  const other = '{ workspace { username } }';
  const batch = [other, LIST, '{ nonsense }', LIST].map((query) => ({ query }));
  const response = await gateway.yoga.fetch('http://gateway/graphql', { ...post(''), body: JSON.stringify(batch) });
  const answers = (await response.json()) as Answer[];
  const expected = [await ask(gateway, other), await ask(gateway, LIST)];
  expect([answers[0]?.data, answers[1]?.data, answers[3]?.data]).toEqual([
    expected[0]?.data,
    expected[1]?.data,
    expected[1]?.data,
  ]);
  expect(answers[2]?.errors).toHaveLength(1);
});

it('is reported as the question that it is', async () => {
  const gateway = await warmGateway();
  await ask(gateway, LIST);
  await ask(gateway, LIST);
  const told = reports.map(({ name, type, outcome, status, bill }) => ({ name, type, outcome, status, bill }));
  expect(told[1]).toEqual(told[0]);
  expect(told[1]).toMatchObject({ name: 'Names', type: 'query', outcome: 'ok', status: 200 });
});

it('what is no question does not get it, however much it looks like one', async () => {
  const gateway = await warmGateway();
  await ask(gateway, LIST);
  for (const body of [{ query: [LIST] }, { query: LIST, variables: 'none' }, { query: LIST, nonsense: 1 }]) {
    const response = await gateway.yoga.fetch('http://gateway/graphql', { ...post(''), body: JSON.stringify(body) });
    const { data, errors } = (await response.json()) as Answer;
    expect([data ?? null, errors?.length]).toEqual([null, 1]);
  }
});

it('nobody without a key gets it', async () => {
  const gateway = await warmGateway({ GATEWAY_API_KEYS: 'reader:a-key-of-the-reader' });
  const request = post(LIST);
  const headers = { ...Object.fromEntries(new Headers(request.headers)), 'x-api-key': 'a-key-of-the-reader' };
  for (let n = 0; n < 2; n++)
    expect((await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers })).status).toBe(200);
  expect((await gateway.yoga.fetch('http://gateway/graphql', request)).status).toBe(401);
});
