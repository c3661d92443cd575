import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { CodedError } from '../../src/throttle/coded-error.ts';
import { UpstreamForbiddenError } from '../../src/mode/errors/upstream-forbidden-error.ts';
import { UpstreamInvalidResponseError } from '../../src/mode/errors/upstream-invalid-response-error.ts';
import { UpstreamUnauthenticatedError } from '../../src/mode/errors/upstream-unauthenticated-error.ts';
import type { FaultKind } from '../../src/simulator/index.ts';
import { basic, failure, first, moveInto, openHouse, type House } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.mode.close());
beforeEach(() => {
  house.mode.faults.clear();
  house.mode.ledger.clear();
});

const FORBIDDEN =
  'The API key may not read /data_sources: it needs more rights, or is not of the workspace that MODE_WORKSPACE names.';
const INSTEAD = 'a proxy, a login page or another site answers in its place, or MODE_BASE_URL is not Mode’s.';

const KINDS: [FaultKind, new (...given: never[]) => CodedError, string, string][] = [
  [
    'status401',
    UpstreamUnauthenticatedError,
    'UPSTREAM_UNAUTHENTICATED',
    'Mode refused the API key for /data_sources: check MODE_API_TOKEN and MODE_API_SECRET, or the key that came with the question.',
  ],
  ['status403', UpstreamForbiddenError, 'UPSTREAM_FORBIDDEN', FORBIDDEN],
  ['status404', UpstreamForbiddenError, 'UPSTREAM_FORBIDDEN', FORBIDDEN],
  [
    'html200',
    UpstreamInvalidResponseError,
    'UPSTREAM_INVALID_RESPONSE',
    `Mode's answer for /data_sources is a web page (status 200), not JSON: ${INSTEAD}`,
  ],
  [
    'html403',
    UpstreamInvalidResponseError,
    'UPSTREAM_INVALID_RESPONSE',
    `Mode's answer for /data_sources is a web page (status 403), not JSON: ${INSTEAD}`,
  ],
  [
    'truncatedJson',
    UpstreamInvalidResponseError,
    'UPSTREAM_INVALID_RESPONSE',
    "Mode's answer for /data_sources is not JSON.",
  ],
];

it.each(KINDS)('%s is asked once and told as %p', async (kind, kindOfError, code, message) => {
  house.mode.faults.inject({ match: 'data_sources', kind });
  const error = await failure(house.rest.listDataSources(house.context));
  expect(error).toBeInstanceOf(kindOfError);
  expect(error).toMatchObject({
    code,
    message,
    details: { api: 'REST', endpoint: '/data_sources', retryable: false },
  });
  expect(house.mode.ledger.entries).toHaveLength(1);
});

it('a wrong secret is told as unauthenticated', async () => {
  const stranger = moveInto(house.mode, house.clock, { http: { authorization: basic('somebody', 'else') } });
  const error = await failure(stranger.rest.verify(stranger.context));
  expect(error).toBeInstanceOf(UpstreamUnauthenticatedError);
  expect(house.mode.ledger.entries).toHaveLength(1);
});

it.each<FaultKind>(['status401', 'status500', 'html502', 'html403', 'html200', 'reset', 'truncated'])(
  'no error tells a secret, an address or a piece of the answer: %s',
  async (kind) => {
    house.mode.faults.inject({ match: 'reports', kind });
    const [{ token } = { token: '' }] = house.mode.world.collections;
    const error = await failure(house.rest.listReports(token, { keepLayout: true }, house.context));
    expect(error).toBeInstanceOf(CodedError);
    const { secret, token: key } = house.mode.credentials.admin;
    const said = JSON.stringify(error instanceof CodedError && [error.message, error.details]);
    for (const hidden of [house.mode.url, '127.0.0.1', '<html', 'Gateway</', token]) expect(said).not.toContain(hidden);
    // Not even for who prints the whole of it, causes included.
    const printed = inspect(error, { depth: 12, showHidden: true });
    for (const hidden of [secret, key, basic(key, secret)]) expect(printed).not.toContain(hidden);
  },
);

it('a redirect is not followed', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/login' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const astray = moveInto(house.mode, house.clock, { http: { baseUrl: `http://127.0.0.1:${port}` } });
  const error = await failure(astray.rest.verify(astray.context));
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  expect(error).toMatchObject({
    code: 'UPSTREAM_INVALID_RESPONSE',
    message: `Mode's answer for /verify is a redirect (status 302), which no API sends: ${INSTEAD}`,
  });
  expect(asked).toEqual(['/api/verify']);
});

it('nobody at home is told as unavailable, and why', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const nowhere = moveInto(house.mode, house.clock, { http: { baseUrl: `http://127.0.0.1:${port}` } });
  expect(await failure(nowhere.rest.verify(nowhere.context))).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    message:
      'Mode cannot be reached for /verify: nobody listens there (ECONNREFUSED). Check MODE_BASE_URL, and the firewalls in between.',
  });
});

it('sends the credential and asks for HAL', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.method, request.headers.authorization, request.headers.accept);
    response.end(JSON.stringify({ workspace: 'acme' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const there = moveInto(house.mode, house.clock, { http: { baseUrl: `http://127.0.0.1:${port}` } });
  expect(await there.rest.verify(there.context)).toEqual({
    workspace: 'acme',
    workspaceToken: null,
    apiKeyScope: null,
    linkedWorkspace: null,
  });
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  const { token, secret } = house.mode.credentials.admin;
  expect(seen).toEqual(['GET', basic(token, secret), 'application/hal+json']);
});

it('a wrong key is told as one, in whatever words and whatever these go by', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'text/html' }).end('HTTP Basic: Access denied.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const there = moveInto(house.mode, house.clock, { http: { baseUrl: `http://127.0.0.1:${port}` } });
  expect(await failure(there.rest.verify(there.context))).toBeInstanceOf(UpstreamUnauthenticatedError);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

it('a report is not taken for deleted because a proxy shows a page that says 403', async () => {
  house.mode.faults.inject({ match: '/reports/', kind: 'html403' });
  const { token } = first(house.mode.world.reports);
  expect(await failure(house.rest.readReport(token, { keepLayout: false }, house.context))).toMatchObject({
    code: 'UPSTREAM_INVALID_RESPONSE',
  });
});
