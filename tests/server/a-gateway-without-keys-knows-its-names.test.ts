import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, gatewayOver, serve, startSmallMode, type Env } from '../support/gateway.ts';
import { refusalIn, send } from '../support/send.ts';

const QUESTION = '{ workspace { username } }';

describe('a name that somebody has made to mean this machine (DNS rebinding)', () => {
  let mode: Simulator;
  const servers: RunningServer[] = [];

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    for (const server of servers) await server.stop();
    await mode.close();
  });

  const start = async (env: Env = {}): Promise<string> => {
    const server = await serve(gatewayOver({ ...envFor(mode), ...env }));
    servers.push(server);
    return server.url;
  };
  /** As a page of that name would, which is of the gateway's origin as far as the browser knows. */
  const askAs = (url: string, host: string, headers: Record<string, string> = {}) =>
    send(
      `${url}/graphql`,
      'POST',
      { host, origin: `http://${host}`, 'content-type': 'application/json', ...headers },
      JSON.stringify({ query: QUESTION }),
    );

  it('gets nothing from a gateway without keys, at no call', async () => {
    const url = await start();
    for (const host of ['evil.test', 'evil.test:4000', 'localhost.evil.test', '127.0.0.1.evil.test', 'notlocalhost']) {
      const reply = await askAs(url, host);
      expect(refusalIn(reply)).toEqual([403, 'FORBIDDEN']);
      expect(reply.text).toContain('ALLOWED_HOSTS');
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each([
    'localhost',
    'localhost:4000',
    'LocalHost',
    'app.localhost:1',
    '127.0.0.1:4000',
    '[::1]:4000',
    '192.168.7.7',
  ])('is not %s', async (host) => {
    expect((await askAs(await start(), host)).status).toBe(200);
  });

  it('is not one of ALLOWED_HOSTS', async () => {
    const url = await start({ ALLOWED_HOSTS: 'gateway.internal, Other.Test' });
    expect((await askAs(url, 'gateway.internal')).status).toBe(200);
    expect((await askAs(url, 'other.test:8080')).status).toBe(200);
    expect((await askAs(url, 'x.other.test')).status).toBe(403);
  });

  it('is no concern of a gateway that asks for a key, which no page of somebody else’s has', async () => {
    const url = await start({ GATEWAY_API_KEYS: 'key-for-rebinding' });
    expect((await askAs(url, 'gateway.example', { 'x-api-key': 'key-for-rebinding' })).status).toBe(200);
    expect((await askAs(url, 'evil.test')).status).toBe(401);
  });

  it('may ask for health, as probes do under any name', async () => {
    const url = await start();
    for (const path of ['/health', '/ready']) {
      expect((await send(url + path, 'GET', { host: 'gateway.pod' })).status).toBe(200);
    }
  });
});
