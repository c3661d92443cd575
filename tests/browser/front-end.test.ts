import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { findChromium } from './find-chromium.ts';
import { launch } from './guarded-page.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

const QUESTION = '{ workspace { username } }';
const KEY = 'a-key-of-the-front-end';
const FOREIGN = 'foreign.test';
/** A name whose owner has made it mean this machine. */
const REBOUND = 'rebound.test';

let pages: Server;
let port: number;
let browser: Browser | undefined;
let context: BrowserContext | undefined;
let gateway: GatewayOnSimulator;
let locked: GatewayOnSimulator;

const allowed = (): string => `http://127.0.0.1:${port}`;
/** Another site, and not in the list. */
const foreign = (): string => `http://${FOREIGN}:${port}`;

beforeAll(async () => {
  pages = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>A front end</title>');
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  ({ port } = pages.address() as AddressInfo);
  const size = { collections: 2, reports: 4, members: 3, dataSources: 1 };
  gateway = await startGatewayOnSimulator(size, { ALLOWED_ORIGINS: allowed() });
  locked = await startGatewayOnSimulator(size, { ALLOWED_ORIGINS: allowed(), GATEWAY_API_KEYS: KEY });
  if (executable !== undefined) {
    browser = await launch(executable, [FOREIGN, REBOUND]);
    context = await browser.newContext();
  }
}, 60_000);
beforeEach(() => {
  gateway.mode.ledger.clear();
  locked.mode.ledger.clear();
});
afterAll(async () => {
  await browser?.close();
  pages.close();
  await Promise.all([gateway.stop(), locked.stop()]);
});

async function pageOf(origin: string): Promise<Page> {
  if (!context) throw new Error('There is no Chromium on this machine: install it, or name it in CHROMIUM_PATH.');
  const page = await context.newPage();
  await page.goto(origin);
  return page;
}

interface Init {
  readonly method?: string;
  readonly mode?: 'no-cors';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Read {
  readonly status?: number;
  readonly text?: string;
  readonly failed?: true;
}

/** What a script on the page can read of an answer. */
function fetchIn(page: Page, url: string, init: Init): Promise<Read> {
  return page.evaluate(
    async ([address, options]): Promise<Read> => {
      try {
        const response = await fetch(address, options);
        return { status: response.status, text: await response.text() };
      } catch {
        return { failed: true };
      }
    },
    [url, init] as const,
  );
}

const json = (headers: Record<string, string> = {}): Init => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query: QUESTION }),
});

describe('a front end of another origin, in a browser', () => {
  maybe('reads answers when its origin is listed', async () => {
    const page = await pageOf(allowed());
    const posted = await fetchIn(page, gateway.endpoint, json({ 'cache-control': 'max-age=60', prefer: 'wait=9' }));
    expect([posted.status, posted.text]).toEqual([200, expect.stringContaining(gateway.mode.workspace)]);
    const got = await fetchIn(page, `${gateway.endpoint}?query=${encodeURIComponent(QUESTION)}`, {});
    expect([got.status, got.text]).toEqual([200, expect.stringContaining(gateway.mode.workspace)]);
  });

  maybe('sends its key, and reads why it is refused without', async () => {
    const page = await pageOf(allowed());
    for (const headers of [{ 'x-api-key': KEY }, { authorization: `Bearer ${KEY}` }]) {
      expect(await fetchIn(page, locked.endpoint, json(headers as Record<string, string>))).toMatchObject({
        status: 200,
      });
    }
    const refused = await fetchIn(page, locked.endpoint, json());
    expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('UNAUTHENTICATED')]);
  });

  maybe('neither reads an answer nor spends a call when it is not, whatever it tries', async () => {
    const page = await pageOf(foreign());
    // Costs a call each time it is answered.
    const query = `{ report(token: "${gateway.mode.world.reports[0]?.token ?? ''}") { name } }`;
    const address = `${gateway.endpoint}?${new URLSearchParams({ query }).toString()}`;
    const body = JSON.stringify({ query });
    const form = new URLSearchParams({ query }).toString();
    const tries: [string, Init][] = [
      [gateway.endpoint, { ...json(), body }],
      [gateway.endpoint, { ...json({ 'x-graphql-yoga-csrf': '1' }), body }],
      [gateway.endpoint, { method: 'POST', body }],
      [gateway.endpoint, { method: 'POST', mode: 'no-cors', body }],
      [
        gateway.endpoint,
        {
          method: 'POST',
          mode: 'no-cors',
          body: form,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        },
      ],
      [address, {}],
      [address, { mode: 'no-cors' }],
    ];
    for (const [url, init] of tries) {
      const read = await fetchIn(page, url, init);
      expect([init, read.text ?? '']).toEqual([init, '']);
    }
    // As a picture and as a script, which need no leave.
    await page.evaluate(async (source) => {
      for (const name of ['img', 'script'] as const) {
        const element = document.createElement(name);
        element.src = source;
        const done = new Promise((resolve) => (element.onload = element.onerror = resolve));
        document.body.append(element);
        await done;
      }
    }, address);
    expect(gateway.mode.ledger.entries).toEqual([]);

    await fetchIn(await pageOf(allowed()), address, {});
    expect(gateway.mode.ledger.entries).not.toEqual([]);
  });

  maybe('cannot show GraphiQL in a frame, though it may ask', async () => {
    const page = await pageOf(allowed());
    await page.evaluate(async (source) => {
      const frame = document.createElement('iframe');
      frame.src = source;
      const done = new Promise((resolve) => (frame.onload = resolve));
      document.body.append(frame);
      await done;
    }, gateway.endpoint);
    expect(page.frames().map((frame) => frame.url())).toEqual([`${allowed()}/`, 'chrome-error://chromewebdata/']);
  });

  maybe('gets nothing by making its name mean the gateway’s machine', async () => {
    const { port: gatewayPort } = new URL(gateway.origin);
    const page = await pageOf(`http://${REBOUND}:${gatewayPort}/graphql`);
    const read = await fetchIn(page, '/graphql', json());
    expect([read.status, read.text]).toEqual([403, expect.stringContaining('ALLOWED_HOSTS')]);
    expect(gateway.mode.ledger.entries).toEqual([]);
  });
});
