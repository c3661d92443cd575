import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import type { Gateway } from '../../src/gateway.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { envFor, gatewayOver, serve, startSmallMode } from '../support/gateway.ts';
import { refusalIn, send } from '../support/send.ts';

const QUESTION = '{ workspace { collections { totalCount } } }';
const FORBIDDEN: unknown = { errors: [expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })] };

describe('a browser that says which site a question comes from', () => {
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    needBuiltExplorer();
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
    expect(page.text).toContain('<title>Mode GraphQL</title>');
    expect(mode.ledger.entries).toEqual([]);
  });

  describe('that does not say which site, as over plain HTTP', () => {
    const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/16.0 Safari/605.1.15';
    const get = (headers: Record<string, string>) =>
      send(`${server.url}/graphql?query=${encodeURIComponent(QUESTION)}`, 'GET', { accept: '*/*', ...headers });

    it('is refused a GET that any page could make it send, and told what to send instead', async () => {
      const reply = await get({ 'user-agent': SAFARI });
      expect(refusalIn(reply)).toEqual([403, 'FORBIDDEN']);
      expect(reply.text).toContain('x-graphql-yoga-csrf');
      expect(mode.ledger.entries).toEqual([]);
    });

    it.each([
      ['x-graphql-yoga-csrf', '1'],
      ['apollo-require-preflight', 'true'],
      ['x-apollo-operation-name', 'Q'],
      ['x-requested-with', 'XMLHttpRequest'],
      ['content-type', 'application/json'],
    ])('is answered a GET with a header that no page of another origin may send (%s)', async (name, value) => {
      expect((await get({ 'user-agent': SAFARI, [name]: value })).status).toBe(200);
    });

    it.each(['curl/8.5.0', 'node', 'python-requests/2.31', 'Apollo-iOS/1.0', ''])(
      'is no concern of a program’s (%s)',
      async (program) => {
        expect((await get(program === '' ? {} : { 'user-agent': program })).status).toBe(200);
      },
    );

    it.each([
      ['text/plain', JSON.stringify({ query: QUESTION })],
      ['text/plain; a=application/json', JSON.stringify({ query: QUESTION })],
      ['application/x-www-form-urlencoded', `query=${encodeURIComponent(QUESTION)}`],
      [
        'multipart/form-data; boundary=x',
        `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: QUESTION })}\r\n--x--\r\n`,
      ],
      [undefined, JSON.stringify({ query: QUESTION })],
    ])('is refused what a page could post without asking first (%s), as is everybody', async (type, body) => {
      for (const headers of [{}, { 'user-agent': SAFARI }, { 'x-graphql-yoga-csrf': '1' }]) {
        const sent = { ...(type === undefined ? {} : { 'content-type': type }), ...headers };
        const reply = await send(`${server.url}/graphql`, 'POST', sent, body);
        expect(refusalIn(reply)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
      }
      expect(mode.ledger.entries).toEqual([]);
    });

    it.each(['application/json', 'application/json; charset=utf-8', 'application/graphql+json'])(
      'is answered what it posts as %s',
      async (type) => {
        const headers = { 'content-type': type, 'user-agent': SAFARI };
        const body = JSON.stringify({ query: QUESTION });
        expect((await send(`${server.url}/graphql`, 'POST', headers, body)).status).toBe(200);
      },
    );
  });
});
