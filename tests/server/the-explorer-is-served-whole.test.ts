import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { acceptedEncoding } from '../../src/server/explorer/accepted-encoding.ts';
import { explorerPage } from '../../src/server/explorer/explorer-page.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { envFor, gatewayOver, serve, startSmallMode } from '../support/gateway.ts';
import { sendRaw, sendRequest } from '../support/raw-http.ts';

const PAGE = { headers: { accept: 'text/html' } };

describe('the explorer over HTTP', () => {
  let mode: Simulator;
  let server: RunningServer;
  let off: RunningServer;
  let assets: string[];

  beforeAll(async () => {
    needBuiltExplorer();
    mode = await startSmallMode();
    // With keys: page and assets must be there for who has yet to enter one.
    server = await serve(gatewayOver({ ...envFor(mode), GATEWAY_API_KEYS: 'a-key-of-somebody' }));
    off = await serve(gatewayOver({ ...envFor(mode), GRAPHIQL: 'off' }));
    assets = await assetsOf(server.url);
  });
  beforeEach(() => mode.ledger.clear());
  afterAll(async () => {
    await server.stop();
    await off.stop();
    await mode.close();
  });

  const fetchRaw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(server.url + path, { method, headers: { 'accept-encoding': 'identity', ...headers } });

  it('is a small page, all of whose files lie below the endpoint, so that a proxy need pass on nothing else', async () => {
    const page = await fetch(`${server.url}/graphql`, PAGE);
    const html = await page.text();
    expect(html.length).toBeLessThan(3_000);
    expect(assets.length).toBeGreaterThan(5);
    for (const address of assets) expect(address).toMatch(/^graphql\/explorer\/[\w-]+-[\w-]{8}\.(js|css|svg)$/);
    // Not one style or script of its own, which its policy would have to allow, but for the one that it names.
    expect(html).not.toMatch(/<style|style=|\son\w+=/);
    expect(html.match(/<script(?![^>]* src=)/g)).toHaveLength(1);
  });

  it('serves each of its files to anybody, whole, of its type, to be kept for ever', async () => {
    const types: Record<string, string> = {
      js: 'text/javascript; charset=utf-8',
      css: 'text/css; charset=utf-8',
      svg: 'image/svg+xml',
      ttf: 'font/ttf',
      woff: 'font/woff',
      woff2: 'font/woff2',
    };
    const names = await namesReachedFrom(assets, server.url);
    // The script, what it imports when it is needed, its workers, and the style sheets' fonts.
    expect(names.filter((name) => name.includes('worker'))).toHaveLength(3);
    expect(names.filter((name) => name.endsWith('.woff2')).length).toBeGreaterThan(10);
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const response = await fetchRaw(`/graphql/explorer/${name}`);
      expect([name, response.status]).toEqual([name, 200]);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': types[name.slice(name.lastIndexOf('.') + 1)],
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
        'x-content-type-options': 'nosniff',
        // A worker's own policy: it needs nothing beyond itself.
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('content-length')));
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it('asks nobody else for anything: none of its files names another host to load from', async () => {
    const names = await namesReachedFrom(assets, server.url);
    for (const name of names.filter((each) => /\.(js|css)$/.test(each))) {
      const text = await (await fetchRaw(`/graphql/explorer/${name}`)).text();
      const found = [
        ...text.matchAll(/@import[^;]{0,80}https?:[^;]{0,80}|url\(\s*["']?(?:https?:)?\/\/[^)]{0,80}/g),
        ...text.matchAll(/(?:import|importScripts|new Worker)\(\s*["'`](?:https?:)?\/\/[^"'`]{0,80}/g),
      ].map(([match]) => match);
      expect([name, found]).toEqual([name, []]);
    }
  });

  it('sends what it has compressed, the smallest that is taken', async () => {
    const script = `/${assets.find((address) => address.includes('/main-') && address.endsWith('.js')) ?? ''}`;
    const plain = Buffer.from(await (await fetchRaw(script)).arrayBuffer());
    // node:http, for fetch decompresses by itself.
    const encoded = async (accepted: string) => {
      const { status, body, encoding } = await raw(server.url + script, { 'accept-encoding': accepted });
      expect(status).toBe(200);
      return { body, encoding };
    };
    const brotli = await encoded('gzip, deflate, br');
    expect(brotli.encoding).toBe('br');
    expect(brotliDecompressSync(brotli.body).equals(plain)).toBe(true);
    const gzip = await encoded('gzip, deflate');
    expect(gzip.encoding).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(plain)).toBe(true);
    expect(brotli.body.length).toBeLessThan(gzip.body.length);
    expect(gzip.body.length).toBeLessThan(plain.length / 3);
    expect((await encoded('br;q=0, gzip;q=0.5')).encoding).toBe('gzip');
    expect((await encoded('deflate')).encoding).toBeUndefined();
  });

  it('answers HEAD as GET, without the content', async () => {
    const path = `/${assets[0] ?? ''}`;
    const [got, head] = [await fetchRaw(path), await fetchRaw(path, {}, 'HEAD')];
    expect(head.headers.get('content-length')).toBe(got.headers.get('content-length'));
    expect(await head.text()).toBe('');
  });

  it('serves nothing else, however the address is written', async () => {
    const [first = ''] = assets;
    const name = first.slice(first.lastIndexOf('/') + 1);
    const paths = [
      '/graphql/explorer',
      '/graphql/explorer/',
      '/graphql/explorer/page.json',
      '/graphql/explorer/licenses.md',
      `/graphql/explorer/assets/${name}`,
      `/graphql/explorer/${name}.gz`,
      `/graphql/explorer/${name}/`,
      `/graphql/explorer//${name}`,
      `/graphql/explorer/./../explorer/x/../${name}x`,
      `/explorer/${name}`,
      `/x/graphql/explorer/${name}`,
      '/graphql/explorer/../../package.json',
      '/graphql/explorer/../page.json',
      '/graphql/explorer/..%2fpage.json',
      '/graphql/explorer/%2e%2e/page.json',
      '/graphql/explorer/%2e%2e%2f%2e%2e%2fpackage.json',
      '/graphql/explorer/..\\page.json',
      '/graphql/explorer/..%5cpage.json',
      '/graphql/explorer/%00',
      `/graphql/explorer/${name}%00.js`,
      '/graphql/explorer/%ff',
      '/graphql/explorer//etc/passwd',
      '/graphql/explorer/file:///etc/passwd',
      '/graphql/explorer/constructor',
      '/graphql/explorer/__proto__',
    ];
    for (const path of paths) {
      const reply = await sendRaw(server.url, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
      expect([path, reply.status, reply.text.includes('"NOT_FOUND"')]).toEqual([path, 404, true]);
    }
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const reply = await sendRequest(`${server.url}/${first}`, method, { 'content-type': 'application/json' });
      expect([method, reply.status]).toEqual([method, 404]);
    }
  });

  it('is not there at all when GRAPHIQL is off', async () => {
    const page = await fetch(`${off.url}/graphql`, PAGE);
    expect([page.status, page.headers.get('content-type')]).toEqual([406, null]);
    for (const address of assets) expect((await fetch(`${off.url}/${address}`)).status).toBe(404);
  });

  it('tells whoever must send a key what to enter, and nobody else', async () => {
    expect(await (await fetch(`${server.url}/graphql`, PAGE)).text()).toContain(
      '{&quot;x-api-key&quot;: &quot;…&quot;}',
    );
    const open = await serve(gatewayOver(envFor(mode)));
    expect(await (await fetch(`${open.url}/graphql`, PAGE)).text()).not.toContain('data-headers-hint');
    await open.stop();
  });

  it('lets nothing that it is told break out of the page', () => {
    const files = { script: 'a.js', styles: [], preloads: [], icon: 'a.svg' };
    const html = explorerPage({ files, base: 'graphql/explorer/', headersHint: '"><script>alert(1)</script>&' });
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&quot;>&lt;script>alert(1)&lt;/script>&amp;');
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, br', 'br'],
    ['GZIP;Q=1', 'gzip'],
    ['br;q=0,gzip', 'gzip'],
    ['br; q=0.000 , gzip ; q=0', undefined],
    ['brotli, gzipped', undefined],
    ['*', undefined],
  ])('of Accept-Encoding %j takes %s', (header, expected) => {
    expect(acceptedEncoding(header, ['br', 'gzip'])).toBe(expected);
  });
});

/** What the page loads by itself, as it writes it. */
async function assetsOf(url: string): Promise<string[]> {
  const html = await (await fetch(`${url}/graphql`, PAGE)).text();
  return [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
}

/** Names of all files that those name, and so on. */
async function namesReachedFrom(addresses: readonly string[], url: string): Promise<string[]> {
  const met = new Set(addresses.map((address) => address.slice(address.lastIndexOf('/') + 1)));
  for (const name of met) {
    if (!/\.(js|css)$/.test(name)) continue;
    const text = await (await fetch(`${url}/graphql/explorer/${name}`)).text();
    for (const [found] of text.matchAll(/[\w.-]+-[\w-]{8}\.(?:js|css|ttf|woff2?)(?![\w.])/g)) met.add(found);
  }
  return [...met];
}

function raw(url: string, headers: Record<string, string>) {
  return new Promise<{ status: number; body: Buffer; encoding: string | undefined }>((resolve, reject) => {
    const sent = request(url, { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const encoding = response.headers['content-encoding'];
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks), encoding });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
