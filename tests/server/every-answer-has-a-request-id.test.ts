import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, gatewayOver, post, serve, startSmallMode } from '../support/gateway.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('every answer has a request id', () => {
  let mode: Simulator;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    server = await serve(gatewayOver({ ...envFor(mode), GATEWAY_API_KEYS: 'a-good-key' }));
  });

  afterAll(async () => {
    await server.stop();
    await mode.close();
  });

  const idOf = async (path: string, init: RequestInit = {}): Promise<string> => {
    const response = await fetch(server.url + path, { redirect: 'manual', ...init });
    await response.text();
    return response.headers.get('x-request-id') ?? 'none';
  };
  const named = (id: string): RequestInit => ({ headers: { 'x-request-id': id } });

  it.each([
    ['the health probe', '/health', {}],
    ['the readiness probe', '/ready', {}],
    ['the redirect to the explorer', '/', {}],
    ['the explorer', '/graphql', { headers: { accept: 'text/html' } }],
    ['an address that is not there', '/nope', {}],
    ['a refusal for want of a key', '/graphql', post('{ __typename }')],
    ['a refusal of another site', '/graphql', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['metrics', '/metrics', { headers: { 'x-api-key': 'a-good-key' } }],
    ['a method that is none', '/graphql', { method: 'PUT', headers: { 'x-api-key': 'a-good-key' } }],
    ['an answer', '/graphql?query={__typename}', { headers: { 'x-api-key': 'a-good-key' } }],
  ])('%s', async (_, path, init: RequestInit) => {
    const [first, second] = [await idOf(path, init), await idOf(path, init)];
    expect([first, second]).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(second).not.toBe(first);
  });

  it.each(['a', 'web-7f:42/1+x=_.', randomUUID(), 'x'.repeat(128)])(
    'which is the caller’s own when it is fit: %s',
    async (id) => {
      expect(await idOf('/health', named(id))).toBe(id);
      expect(await idOf('/nope', named(id))).toBe(id);
      expect(await idOf('/', named(id))).toBe(id);
    },
  );

  it.each(['', ' ', 'two words', 'x'.repeat(129), '"quoted"', '<script>', '%0a', 'é', '{}'])(
    'and a new one when it is not: %j',
    async (id) => {
      expect(await idOf('/health', named(id))).toMatch(UUID);
    },
  );

  it('even where there is no address to be answered at, which is said without a stack', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let heard = '';
    socket.on('data', (data: Buffer) => (heard += data.toString('utf8')));
    socket.write('GET /graphql HTTP/1.1\r\nhost: not a host\r\nx-request-id: mine\r\n\r\n');
    await once(socket, 'close');
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).toMatch(/x-request-id: mine/i);
    expect(heard).not.toContain('at ');
  });
});
