import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { SimReport } from '../../src/simulator/index.ts';
import { findChromium } from '../browser/find-chromium.ts';
import { launch, openGuardedPage, type GuardedPage } from '../browser/guarded-page.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { post } from '../support/gateway.ts';
import { inOrder } from '../support/world-order.ts';
import { build, develop, typecheck, type BuiltPage, type Page as ServedPage } from './example.ts';

const NAME = 'react-stale-reports';
const ARTIFACTS = join(__dirname, '../../artifacts');
const DAY_MS = 86_400_000;
const KEY = 'a-key-of-the-page';

const executable = findChromium();
if (executable === undefined && process.env.CI === undefined) {
  process.stderr.write('No Chromium: the example pages are not tried. Install it, or name it in CHROMIUM_PATH.\n');
}
// In CI a missing browser is a failure: launching without one says so.
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

let gateway: GatewayOnSimulator;
let built: BuiltPage;
let browser: Browser | undefined;
const served: ServedPage[] = [];

beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  gateway = await startGatewayOnSimulator(
    { collections: 6, reports: 420, members: 12, dataSources: 3 },
    { MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
  );
  expect(await typecheck(NAME)).toMatchObject({ code: 0 });
  built = await build(NAME);
  if (executable !== undefined) browser = await launch(executable);
}, 300_000);
afterEach(async () => {
  for (const page of served.splice(0)) await page.close();
});
afterAll(async () => {
  await browser?.close();
  await built.remove();
  await gateway.stop();
});

/** Enough days that a third of the reports has been viewed since, whatever today is. */
function staleDays(): number {
  const viewed = gateway.mode.world.reports.flatMap(({ lastViewedAt }) => lastViewedAt ?? []).sort();
  const since = Date.parse(viewed[Math.floor((viewed.length * 2) / 3)] ?? '');
  return Math.max(0, Math.floor((Date.now() - since) / DAY_MS));
}

/** What the page must show, from the simulator's truth. */
function stale(before: string, fits: (report: SimReport) => boolean = () => true): string[] {
  const isStale = ({ lastViewedAt, createdAt }: SimReport): boolean => (lastViewedAt ?? createdAt) < before;
  const rows = gateway.mode.world.reports.filter((report) => isStale(report) && fits(report));
  return inOrder(rows, ({ lastViewedAt }) => lastViewedAt).map(({ token }) => token);
}

interface Visit extends GuardedPage {
  /** Questions the page has asked. */
  readonly asked: { readonly before: string; readonly search: string | null; readonly after: string | null }[];
}

async function visit({ origin }: ServedPage, search: string): Promise<Visit> {
  if (!browser) throw new Error('There is no Chromium on this machine: install it, or name it in CHROMIUM_PATH.');
  const guarded = await openGuardedPage(browser, origin);
  const asked: Visit['asked'] = [];
  guarded.page.on('request', (request) => {
    if (!request.url().endsWith('/graphql')) return;
    asked.push((request.postDataJSON() as { variables: Visit['asked'][number] }).variables);
  });
  await guarded.page.goto(`${origin}/${search}`);
  return { ...guarded, asked };
}

async function serve(gatewayOrigin = gateway.origin, env: Readonly<Record<string, string>> = {}): Promise<ServedPage> {
  const page = await built.serve(gatewayOrigin, env);
  served.push(page);
  return page;
}

/** Asks for what REST alone knows of more reports than the limit allows calls. */
async function exhaust({ mode, endpoint }: GatewayOnSimulator): Promise<void> {
  const some = mode.world.reports.slice(0, 12).map(({ token }, at) => `r${at}: report(token: "${token}") { archived }`);
  const answer = await fetch(endpoint, post(`{ ${some.join(' ')} }`));
  expect(JSON.stringify(await answer.json())).toContain('UPSTREAM_BUDGET_EXHAUSTED');
}

const tokens = (page: Page): Promise<string[]> =>
  page.locator('li a').evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('/').at(-1) ?? ''));

/** Scrolls as long as there is more. */
async function scrollToEnd(page: Page): Promise<void> {
  while ((await page.locator('.end').count()) === 0) {
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight);
    });
    await page.waitForTimeout(20);
  }
}

describe('the page of stale reports, in a browser', () => {
  maybe('shows each of them exactly once, in order, as far as one scrolls, at the cost of the first page', async () => {
    const { mode } = gateway;
    mode.ledger.clear();
    const days = staleDays();
    const { page, asked, strayed, faults } = await visit(await serve(), `?days=${days}`);
    await page.locator('li').first().waitFor();
    // The end of the first page is far below the window.
    expect([asked.length, await page.locator('li').count()]).toEqual([1, 50]);
    const before = asked[0]?.before ?? '';
    expect(Math.floor(Date.now() / DAY_MS) * DAY_MS - Date.parse(before)).toBeLessThanOrEqual((days + 1) * DAY_MS);
    const expected = stale(before);
    expect(expected.length).toBeGreaterThan(200);
    expect(expected.length).toBeLessThan(400);
    await expect(page.locator('.count').innerText()).resolves.toBe(`${expected.length} reports`);
    // Reports, their views, collections and people: each list once, and the token that opens Discovery.
    const made = (): string[] => mode.ledger.entries.map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
    const [first, ...others] = made();
    expect(first).toBe('POST /batch/acme/signature_tokens');
    expect(others.sort()).toEqual([
      'GET /api/acme/memberships/lite',
      'GET /batch/acme/report_stats',
      'GET /batch/acme/reports',
      'GET /batch/acme/spaces',
    ]);
    expect(await page.locator('footer').innerText()).toMatch(/^The last answer took 5 calls to Mode/);
    await page.screenshot({ path: join(ARTIFACTS, 'stale-reports.png') });

    await scrollToEnd(page);

    expect(await tokens(page)).toEqual(expected);
    expect(asked).toHaveLength(Math.ceil(expected.length / 50));
    expect(new Set(asked.map(({ after }) => after)).size).toBe(asked.length);
    expect(await page.locator('footer').innerText()).toMatch(/^The last answer took 0 calls to Mode/);
    await page.screenshot({ path: join(ARTIFACTS, 'stale-reports-end.png') });
    expect(made()).toHaveLength(5);
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('finds words once they are written, and says so when there are none', async () => {
    const days = staleDays();
    const { page, asked, faults } = await visit(await serve(), `?days=${days}`);
    await page.locator('li').first().waitFor();
    await page.getByRole('searchbox').pressSequentially('revenue');
    const has = ({ name, description }: SimReport): boolean =>
      `${name ?? ''}\n${description ?? ''}`.toLowerCase().includes('revenue');
    const expected = stale(asked[0]?.before ?? '', has);
    expect(expected.length).toBeGreaterThan(1);
    await page.getByText(`${expected.length} reports`).waitFor();
    await scrollToEnd(page);
    expect(await tokens(page)).toEqual(expected);
    // Nobody was asked about "r", "re" and so on.
    expect([...new Set(asked.map(({ search }) => search))]).toEqual([null, 'revenue']);

    await page.getByRole('searchbox').fill('no such words');
    await page.getByText('No such reports').waitFor();
    expect(await page.locator('li').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  maybe('says that it is loading for as long as it is', async () => {
    const { page } = await visit(await serve(), '?days=0');
    await page.locator('li').first().waitFor();
    let answer: (() => void) | undefined;
    await page.route('**/graphql', async (route) => {
      await new Promise<void>((resolve) => (answer = resolve));
      await route.continue();
    });
    await page.getByRole('spinbutton').fill('1');
    await page.getByText('Loading …').waitFor();
    answer?.();
    await page.locator('li').first().waitFor();
    expect(await page.getByText('Loading …').count()).toBe(0);
  });

  maybe('says what is the matter with Mode, and goes on when that has passed', async () => {
    const other = await startGatewayOnSimulator(
      { collections: 3, reports: 30, members: 4, dataSources: 2 },
      {
        MODE_RATE_LIMIT: '10/10s',
        OPERATION_TIMEOUT: '1500ms',
        MAX_UPSTREAM_CALLS: '100',
        MODE_DISCOVERY: 'mint',
        CATALOG_DIR: 'off',
      },
    );
    try {
      const { page } = await visit(await serve(other.origin), '?days=0&search=nothing+has+this');
      await page.getByText('No such reports').waitFor();
      await exhaust(other);
      await page.getByRole('searchbox').fill('');
      const alert = page.getByRole('alert').first();
      await alert.getByText('UPSTREAM_BUDGET_EXHAUSTED').waitFor();
      expect(await alert.innerText()).toMatch(
        /^Mode’s rate limit is used up for the moment.*Trying again in [1-9]\d* s/,
      );
      await page.screenshot({ path: join(ARTIFACTS, 'stale-reports-trouble.png') });
      // What could not be had is not taken for what is not there.
      const rows = await page.locator('li').allInnerTexts();
      expect(rows.length).toBe(other.mode.world.reports.length);
      expect(rows.filter((text) => !text.includes('…') || text.includes('Somebody who has left'))).toEqual([]);
      // By itself, part by part: nobody presses anything.
      await page.waitForFunction(
        () => {
          const rows = [...document.querySelectorAll('li')].map((row) => row.textContent);
          const isWhole = rows.length > 0 && rows.every((text) => !text.includes('…'));
          return isWhole && document.querySelector('[role=alert]') === null;
        },
        undefined,
        { timeout: 90_000 },
      );
      // What was read for a question that had no time left is not read again for the next.
      const lists = other.mode.ledger.entries.filter(({ path }) => !path.includes('/reports/'));
      expect(lists.map(({ path }) => path.split('?')[0]).sort()).toEqual([
        '/api/acme/memberships/lite',
        '/batch/acme/report_stats',
        '/batch/acme/reports',
        '/batch/acme/signature_tokens',
        '/batch/acme/spaces',
      ]);
      expect((await tokens(page)).sort()).toEqual(other.mode.world.reports.map(({ token }) => token).sort());
    } finally {
      await other.stop();
    }
  });

  maybe('says that the gateway wants a key, and is given one by Vite, which the browser never sees', async () => {
    const locked = await startGatewayOnSimulator(
      { collections: 3, reports: 30, members: 4, dataSources: 2 },
      { GATEWAY_API_KEYS: KEY, MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
    );
    try {
      const without = await visit(await serve(locked.origin), '?days=0');
      await without.page.getByRole('alert').getByText('UNAUTHENTICATED').waitFor();
      expect(await without.page.getByRole('alert').innerText()).toMatch(/^The gateway wants a key.* Try again$/);
      const { page } = await visit(await serve(locked.origin, { GATEWAY_KEY: KEY }), '?days=0');
      await page.locator('li').first().waitFor();
      expect(await page.content()).not.toContain(KEY);
    } finally {
      await locked.stop();
    }
    // Nobody is there any more.
    const gone = await visit(await serve(locked.origin), '?days=0');
    await gone.page.getByRole('alert').getByText('NO_ANSWER').waitFor();
    expect(await gone.page.getByRole('alert').innerText()).toMatch(/^The gateway does not answer/);
  });

  maybe('passes on what the gateway notes, without Discovery', async () => {
    const without = await startGatewayOnSimulator({ collections: 3, reports: 30, members: 4, dataSources: 2 });
    try {
      const { page } = await visit(await serve(without.origin), '?days=0');
      await page.locator('.note').first().waitFor();
      expect(await page.locator('.note').first().innerText()).toContain('Discovery');
    } finally {
      await without.stop();
    }
  });

  maybe('works from its sources, too, as while one changes it', async () => {
    const page = await develop(NAME, gateway.origin);
    served.push(page);
    const visited = await visit(page, '?days=0');
    await visited.page.locator('li').first().waitFor();
    // The guard lets no socket through, by which Vite would tell of changes.
    const isSocket = (text: string): boolean => /^ws:|^\[vite\] failed to connect to websocket/.test(text);
    expect([...visited.strayed, ...visited.faults].filter((text) => !isSocket(text))).toEqual([]);
  });
});
