import { request } from 'node:http';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import type { Gateway } from '../../src/gateway.ts';
import { envFor, gatewayOver, serve, startSmallMode } from '../support/gateway.ts';

const QUESTION = '{ workspace { collections { totalCount } } }';
const FORBIDDEN: unknown = { errors: [expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })] };

interface Reply {
  readonly status: number | undefined;
  readonly text: string;
}

/** Over node:http, for `fetch` keeps `Sec-` headers to itself. */
function send(url: string, method: 'GET' | 'POST', headers: Record<string, string>, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a browser that says which site a question comes from', () => {
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
    server = await serve(gateway);
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await server.stop();
    await gateway.dispose();
    await mode.close();
  });

  const siteOf = (site: string | undefined): Record<string, string> =>
    site === undefined ? {} : { 'sec-fetch-site': site };
  const posted = (site: string | undefined) =>
    send(
      `${server.url}/graphql`,
      'POST',
      { 'content-type': 'application/json', accept: 'application/json', ...siteOf(site) },
      JSON.stringify({ query: QUESTION }),
    );
  const gotten = (site: string | undefined) =>
    send(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, 'GET', {
      accept: 'application/json',
      ...siteOf(site),
    });

  it.each(['cross-site', 'same-site'])('is refused when that is another one (%s), at no call', async (site) => {
    for (const reply of [await posted(site), await gotten(site)]) {
      expect(reply.status).toBe(403);
      expect(JSON.parse(reply.text)).toEqual(FORBIDDEN);
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it('is refused for a form’s question, which needs no preflight, at no call', async () => {
    const form = await send(
      `${server.url}/graphql`,
      'POST',
      { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      `query=${encodeURIComponent(QUESTION)}`,
    );
    expect(form.status).toBe(403);
    // An image, or a link that leads to an answer.
    const image = await send(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, 'GET', {
      accept: 'image/avif,*/*',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    });
    expect(image.status).toBe(403);
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each(['same-origin', 'none', undefined])('is answered when that is this one, or nobody’s (%s)', async (site) => {
    const answered: unknown = { data: { workspace: { collections: { totalCount: mode.world.collections.length } } } };
    for (const reply of [await posted(site), await gotten(site)]) {
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.text)).toMatchObject(answered as object);
    }
    expect(mode.ledger.entries.length).toBeGreaterThan(0);
  });

  it('opens the explorer from a link on another site, at no call', async () => {
    const page = await send(`${server.url}/graphql`, 'GET', {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    });
    expect(page.status).toBe(200);
    expect(page.text).toContain('FirstReports');
    expect(mode.ledger.entries).toEqual([]);
  });
});
