import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { CodedError } from '../../src/throttle/coded-error.ts';
import { UpstreamForbiddenError } from '../../src/mode/errors/upstream-forbidden-error.ts';
import { UpstreamInvalidResponseError } from '../../src/mode/errors/upstream-invalid-response-error.ts';
import { UpstreamUnauthenticatedError } from '../../src/mode/errors/upstream-unauthenticated-error.ts';
import type { FaultKind } from '../../src/simulator/index.ts';
import { basic, failure, moveInto, openHouse, type House } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.mode.close());
beforeEach(() => {
  house.mode.faults.clear();
  house.mode.ledger.clear();
});

const KINDS: [FaultKind, new (...given: never[]) => CodedError, string, string][] = [
  [
    'status401',
    UpstreamUnauthenticatedError,
    'UPSTREAM_UNAUTHENTICATED',
    "Mode refused the gateway's credential for /data_sources.",
  ],
  [
    'status403',
    UpstreamForbiddenError,
    'UPSTREAM_FORBIDDEN',
    "The gateway's credential may not read /data_sources in this workspace.",
  ],
  [
    'status404',
    UpstreamForbiddenError,
    'UPSTREAM_FORBIDDEN',
    "The gateway's credential may not read /data_sources in this workspace.",
  ],
  [
    'html200',
    UpstreamInvalidResponseError,
    'UPSTREAM_INVALID_RESPONSE',
    "Mode's answer for /data_sources is not JSON.",
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

it.each<FaultKind>(['status401', 'status500', 'html502', 'html200', 'reset', 'truncated'])(
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
    message: "Mode's answer for /verify has the status 302.",
  });
  expect(asked).toEqual(['/api/verify']);
});

it('nobody at home is told as unavailable', async () => {
  const nowhere = moveInto(house.mode, house.clock, { http: { baseUrl: 'http://127.0.0.1:1' } });
  const error = await failure(nowhere.rest.verify(nowhere.context));
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: 'Mode could not answer /verify just now.' });
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
