import type { Gateway } from '../../src/gateway.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, gatewayOver, serve, startSmallMode } from '../support/gateway.ts';
import { refusalIn, send, type Reply } from '../support/send.ts';

const QUESTION = '{ workspace { username } }';
const APP = 'https://app.example.com';
const KEY = 'a-key-of-the-front-end';
/** Nearly allowed. */
const OTHERS = [
  'https://app.example.com.evil.test',
  'https://evil-app.example.com',
  'http://app.example.com',
  'https://app.example.com:8443',
  'https://example.com',
  'null',
  '*',
];

describe('with ALLOWED_ORIGINS, a page', () => {
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver({
      ...envFor(mode),
      ALLOWED_ORIGINS: `${APP}, http://LOCALHOST:5173/`,
      GATEWAY_API_KEYS: KEY,
    });
    server = await serve(gateway);
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await server.stop();
    await gateway.dispose();
    await mode.close();
  });

  const preflight = (origin: string, wanted: string, method = 'POST') =>
    send(`${server.url}/graphql`, 'OPTIONS', {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': wanted,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'cors',
    });
  const ask = (origin: string, headers: Record<string, string> = {}, site = 'cross-site') =>
    send(
      `${server.url}/graphql`,
      'POST',
      {
        origin,
        'content-type': 'application/json',
        accept: 'application/json',
        'sec-fetch-site': site,
        'x-api-key': KEY,
        ...headers,
      },
      JSON.stringify({ query: QUESTION }),
    );
  const corsHeaders = ({ headers }: Reply) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

  it.each([APP, 'http://localhost:5173'])(
    'of an allowed origin (%s) is told before it asks what it may send',
    async (origin) => {
      const wanted = 'authorization,x-api-key,cache-control,prefer,content-type,x-graphql-yoga-csrf,traceparent';
      const reply = await preflight(origin, wanted);
      expect([reply.status, reply.text]).toEqual([204, '']);
      expect(corsHeaders(reply)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': wanted,
        'access-control-max-age': '7200',
        'access-control-expose-headers': 'retry-after, x-request-id',
      });
      expect(reply.headers.vary).toMatch(/\borigin\b/);
      expect(mode.ledger.entries).toEqual([]);
    },
  );

  it.each(['cross-site', 'same-site'])('of an allowed origin is answered, and may read it (%s)', async (site) => {
    const reply = await ask(APP, {}, site);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ data: { workspace: { username: mode.workspace } } });
    expect(corsHeaders(reply)).toEqual({
      'access-control-allow-origin': APP,
      'access-control-expose-headers': 'retry-after, x-request-id',
    });
    expect(reply.headers.vary).toMatch(/\borigin\b/);
  });

  it('of an allowed origin may ask with GET', async () => {
    const reply = await send(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, 'GET', {
      origin: APP,
      'sec-fetch-site': 'cross-site',
      'x-api-key': KEY,
    });
    expect([reply.status, corsHeaders(reply)['access-control-allow-origin']]).toEqual([200, APP]);
  });

  it('of an allowed origin needs a key like everybody, and may read that it does', async () => {
    const reply = await ask(APP, { 'x-api-key': 'another-key' });
    expect(refusalIn(reply)).toEqual([401, 'UNAUTHENTICATED']);
    expect(corsHeaders(reply)).toMatchObject({ 'access-control-allow-origin': APP });
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each(OTHERS)('of any other origin (%s) is refused before it asks and when it asks, at no call', async (origin) => {
    for (const reply of [await preflight(origin, 'content-type'), await ask(origin)]) {
      expect(refusalIn(reply)).toEqual([403, 'FORBIDDEN']);
      expect(reply.text).toContain('ALLOWED_ORIGINS');
      expect(corsHeaders(reply)).toEqual({});
      expect(reply.headers.vary).toMatch(/\borigin\b/);
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it('that hides its origin is refused, though it may be an allowed one', async () => {
    const image = await send(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, 'GET', {
      referer: `${APP}/`,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    });
    expect(refusalIn(image)).toEqual([403, 'FORBIDDEN']);
  });

  it('never gets cookies allowed', async () => {
    for (const reply of [await preflight(APP, 'cookie'), await ask(APP)]) {
      expect(reply.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });
});
