import { createHash } from 'node:crypto';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { envFor, gatewayOver, post, serve, startSmallMode } from '../support/gateway.ts';

describe('what the gateway shows over HTTP', () => {
  let mode: Simulator;
  let server: RunningServer;

  beforeAll(async () => {
    needBuiltExplorer();
    mode = await startSmallMode();
    server = await serve(gatewayOver(envFor(mode)));
  });

  afterAll(async () => {
    await server.stop();
    await mode.close();
  });

  it('leads from / to the explorer', async () => {
    const response = await fetch(`${server.url}/`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/graphql');
  });

  it('is healthy as long as the process lives, at no call', async () => {
    mode.ledger.clear();
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(mode.ledger.entries).toEqual([]);
  });

  it('has an explorer that needs no other host', async () => {
    const page = await (await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    const loaded = [...page.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g)].map(
      ([, address = '']) => address,
    );
    expect(loaded.length).toBeGreaterThan(2);
    expect(loaded.filter((address) => /^([a-z]+:|\/\/)/i.test(address))).toEqual([]);
    expect(page).toContain('<title>Mode GraphQL</title>');
  });

  it('does not send the page of the explorer again to a browser that has it', async () => {
    const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const etag = page.headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html', 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('answers 404 to addresses that merely look like the endpoint', async () => {
    for (const path of ['/nope', '/x/graphql', '/x?y=/graphql', '/graphqlx']) {
      expect((await fetch(server.url + path, post('{ __typename }'))).status).toBe(404);
    }
  });

  it('lets no page of another origin read an answer', async () => {
    const origin = 'https://elsewhere.example';
    const preflight = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    const { headers, ...rest } = post('{ __typename }');
    const answer = await fetch(`${server.url}/graphql`, {
      ...rest,
      headers: { ...(headers as Record<string, string>), origin },
    });
    for (const response of [preflight, answer]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('keeps answers out of caches, frames, other pages and guesses of their type', async () => {
    const answers = [
      await fetch(`${server.url}/graphql`, post('{ __typename }')),
      await fetch(`${server.url}/graphql?query={__typename}`),
      await fetch(`${server.url}/graphql`, post('{ nope }')),
      await fetch(`${server.url}/graphql`, { method: 'POST', body: 'x' }),
      await fetch(`${server.url}/nope`),
      await fetch(`${server.url}/ready`),
    ];
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
    }
  });

  it('lets the explorer run the scripts that lie beside it and the one in its page, and no other', async () => {
    const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    const policy = page.headers.get('content-security-policy') ?? '';
    const inPage = [...(await page.text()).matchAll(/<script>([^]*?)<\/script>/g)].map(([, text = '']) => text);
    expect(inPage).toHaveLength(1);
    const hash = createHash('sha256')
      .update(inPage[0] ?? '')
      .digest('base64');
    expect(policy.split('; ').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      `script-src 'self' 'sha256-${hash}'`,
      "style-src 'self' 'unsafe-inline'",
      "worker-src 'self'",
    ]);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const etag = page.headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html', 'if-none-match': etag } });
    expect(again.headers.get('content-security-policy')).toBe(policy);
  });
});
