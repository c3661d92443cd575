import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../browser/find-chromium.ts';
import { launch } from '../browser/guarded-page.ts';
import { listAt, textAt, type Tree } from '../support/tree.ts';
import { inOrder, some } from '../support/world-order.ts';
import { makeFolder } from './client-project.ts';
import { listNamed } from './every-list.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { bundle, compileRelay, copyApp } from './relay/build.ts';
import { startPages, type Pages } from './relay/pages-of.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

let folder: string;
let pages: Pages;
let gateway: GatewayOnSimulator;
let browser: Browser | undefined;
/** The collection with the most reports. */
let token: string;

beforeAll(async () => {
  folder = await makeFolder();
  await copyApp(folder);
  for (const tool of [compileRelay, bundle]) {
    const { code, output } = await tool(folder);
    if (code !== 0) throw new Error(output);
  }
  pages = await startPages(join(folder, 'dist'));
  gateway = await startGatewayOnSimulator({ collections: 7, reports: 90, members: 9, dataSources: 3 }, (mode) => ({
    ...withDiscovery(mode),
    ALLOWED_ORIGINS: pages.origin,
  }));
  await gateway.catalog.warm();
  const counts = [...gateway.mode.world.reportsByCollection].sort(([, a], [, b]) => b.length - a.length);
  [[token] = ['']] = counts;
  if (executable !== undefined) browser = await launch(executable);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([pages.close(), gateway.stop()]);
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => expect(faults.splice(0)).toEqual([]));

/** What went wrong in the page's scripts, and what React and Relay complained of. */
const faults: string[] = [];

/** The front end, on what its address says. */
async function open(wish: Readonly<Record<string, unknown>>): Promise<Page> {
  if (!browser) throw new Error('There is no Chromium on this machine: install it, or name it in CHROMIUM_PATH.');
  const page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  const hash = encodeURIComponent(JSON.stringify({ endpoint: gateway.endpoint, ...wish }));
  await page.goto(`${pages.origin}/#${hash}`);
  await page.waitForSelector('nav');
  return page;
}

const shown = (page: Page): Promise<string[]> =>
  page.$$eval('article', (rows) => rows.map((row) => row.dataset.token ?? ''));

/** Clicks until there is no more. @returns how often */
async function walk(page: Page, button: 'Next' | 'Previous'): Promise<number> {
  for (let clicks = 0; ; clicks += 1) {
    await page.waitForSelector('nav[aria-busy=false]');
    const more = page.getByRole('button', { name: button });
    if (await more.isDisabled()) return clicks;
    const before = (await shown(page)).length;
    await more.click();
    await page.waitForFunction((count) => document.querySelectorAll('article').length > count, before);
  }
}

/** The reports of the collection, newest first. */
function truth(): string[] {
  const reports = gateway.mode.world.reportsByCollection.get(token) ?? [];
  return inOrder(reports, (row) => row.createdAt, 'DESC').map((row) => row.token);
}

describe('a front end on Relay, in a browser', () => {
  maybe('walks a list forward to its end: each row once, in order, the count exact, and no call made', async () => {
    gateway.mode.ledger.clear();
    const page = await open({ size: 7, reports: { token, first: 7 } });
    expect(await walk(page, 'Next')).toBe(Math.ceil(truth().length / 7) - 1);
    expect(await shown(page)).toEqual(truth());
    expect(await page.textContent('output')).toBe(String(truth().length));
    expect(gateway.mode.ledger.entries.map(({ path }) => path)).toEqual([]);
  });

  maybe('walks a list backward to its start', async () => {
    const page = await open({ size: 7, reports: { token, last: 7 } });
    expect(await walk(page, 'Previous')).toBe(Math.ceil(truth().length / 7) - 1);
    expect(await shown(page)).toEqual(truth());
  });

  maybe('walks a list from its middle to both ends', async () => {
    const first = await open({ size: 10, reports: { token, first: 12 } });
    expect(await shown(first)).toEqual(truth().slice(0, 12));
    const after = await cursorOf(truth()[11] ?? '');
    const page = await open({ size: 10, reports: { token, first: 4, after } });
    expect(await shown(page)).toEqual(truth().slice(12, 16));
    await walk(page, 'Next');
    await walk(page, 'Previous');
    expect(await shown(page)).toEqual(truth());
  });

  maybe('walks a list with a filter and an order of its own', async () => {
    const orderBy = { field: 'NAME', direction: 'DESC' };
    const page = await open({ size: 6, reports: { token, first: 6, filter: { archived: false }, orderBy } });
    await walk(page, 'Next');
    const reports = (gateway.mode.world.reportsByCollection.get(token) ?? []).filter(({ archived }) => !archived);
    expect(await shown(page)).toEqual(inOrder(reports, (row) => row.name, 'DESC').map((row) => row.token));
    expect(await page.textContent('output')).toBe(String(reports.length));
  });

  maybe('walks the collections of the workspace', async () => {
    const page = await open({ size: 2 });
    await walk(page, 'Next');
    expect(await shown(page)).toEqual(listNamed('Workspace.collections').truth(gateway.mode.world));
  });

  maybe('reads one row again by its id, without a call, and shows what has become of it', async () => {
    const page = await open({ size: 7, reports: { token, first: 7 } });
    await walk(page, 'Next');
    const [, , third = ''] = truth();
    gateway.mode.world.renameReport(third, 'A name it never had');
    await readAnew();
    gateway.mode.ledger.clear();

    const row = page.locator(`[data-token="${third}"]`);
    await row.getByRole('button').click();
    await row.getByText('A name it never had').waitFor();
    expect(gateway.mode.ledger.entries.map(({ path }) => path)).toEqual([]);
    expect(await shown(page)).toEqual(truth());
  });

  maybe('shows each row once that the walk began on, though the catalog is read anew between two pages', async () => {
    const { world } = gateway.mode;
    const began = truth();
    const page = await open({ size: 9, reports: { token, first: 9 } });
    world.addReport(token, { name: 'Newest of all' });
    for (const key of [began[3], began[15]]) world.removeReport(key ?? '');
    await readAnew();
    await walk(page, 'Next');
    expect(await shown(page)).toEqual(began);

    const again = await open({ size: 30, reports: { token, first: 30 } });
    await walk(again, 'Next');
    expect(await shown(again)).toEqual(truth());
  });
});

async function readAnew(): Promise<void> {
  gateway.mode.rebuildDiscovery();
  await gateway.catalog.refresh('reports', {});
}

/** The cursor of a report in its collection, as any client is given it. */
async function cursorOf(report: string): Promise<string> {
  const query = `{ collection(token: "${token}") { reports(first: 100) { edges { cursor node { token } } } } }`;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(gateway.endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data?: Tree };
  const edges = listAt(data, 'collection.reports.edges');
  return textAt(
    some(edges, (edge) => textAt(edge, 'node.token') === report),
    'cursor',
  );
}
