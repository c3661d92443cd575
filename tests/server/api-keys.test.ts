import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { envFor, gatewayOver, post, serve, startSmallMode } from '../support/gateway.ts';

const QUESTION = '{ workspace { name } }';

describe('a gateway with API keys', () => {
  let mode: Simulator;
  let server: RunningServer;

  beforeAll(async () => {
    needBuiltExplorer();
    mode = await startSmallMode();
    server = await serve(gatewayOver({ ...envFor(mode), GATEWAY_API_KEYS: 'first-key-1, second-key-2' }));
  });

  afterAll(async () => {
    await server.stop();
    await mode.close();
  });

  beforeEach(() => mode.ledger.clear());

  const askWith = (headers: Record<string, string>, path = '/graphql') =>
    fetch(server.url + path, { ...post(QUESTION), headers: { 'content-type': 'application/json', ...headers } });

  it.each([
    [{}],
    [{ authorization: 'Bearer wrong-key-3' }],
    [{ authorization: 'Bearer ' }],
    [{ authorization: 'Bearer first-key-1x' }],
    [{ authorization: 'Basic Zmlyc3Qta2V5LTE6' }],
    [{ 'x-api-key': 'wrong-key-3' }],
    [{ 'x-api-key': '' }],
    [{ 'x-api-key': 'first-key-1, second-key-2' }],
  ])('refuses %j with a coded error and asks Mode nothing', async (headers: Record<string, string>) => {
    const response = await askWith(headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({
      errors: [{ message: expect.stringContaining('X-API-Key') as unknown, extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each([
    [{ authorization: 'Bearer first-key-1' }],
    [{ authorization: 'bearer second-key-2' }],
    [{ 'x-api-key': 'second-key-2' }],
    [{ authorization: 'Basic Zm9vOmJhcg==', 'x-api-key': 'first-key-1' }],
  ])('lets in %j', async (headers: Record<string, string>) => {
    const response = await askWith(headers);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { workspace: { name: mode.world.workspace.name } } });
  });

  it.each([
    '/graphql/',
    '/x/graphql',
    '//graphql',
    '/x?y=/graphql',
    '/health?x=/graphql',
    '/ready?x=/graphql',
    '/graphql?x=/health',
    '/graphql;x',
    '/%67raphql',
    '/GRAPHQL',
    '/./graphql',
    '/graphql/explorer',
    '/graphql/explorer/',
    '/graphql/explorer/../graphql',
    '/graphql/explorer/graphql',
  ])('cannot be walked round through %s', async (path) => {
    const response = await askWith({}, path);
    const text = await response.text();
    expect(text).not.toContain(mode.world.workspace.name);
    expect(mode.ledger.calls({ path: /^\/api\/acme/ })).toEqual([]);
  });

  it('asks for a key before a GET with a question, whatever it accepts', async () => {
    for (const accept of ['application/json', '*/*', 'text/plain']) {
      const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, {
        headers: { accept },
      });
      expect(response.status).toBe(401);
    }
    const page = await fetch(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, {
      headers: { accept: 'text/html' },
    });
    expect(await page.text()).not.toContain(mode.world.workspace.name);
    expect(mode.ledger.entries).toEqual([]);
  });

  it('shows GraphiQL, which holds no data and asks with the key its user enters', async () => {
    const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<title>Mode GraphQL</title>');
  });

  it('answers health and readiness without a key', async () => {
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });
});
