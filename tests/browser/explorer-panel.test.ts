import type { Browser } from 'playwright-core';
import type { GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { until } from '../support/gateway.ts';
import { openExplorer, openUpstream, pickTab, run, startGatewayWithBoth } from './explorer-page.ts';
import { findChromium } from './find-chromium.ts';
import { launch } from './guarded-page.ts';
import { sameAsBill, shown, upstreamOf } from './panel-contents.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

let gateway: GatewayOnSimulator;
let browser: Browser | undefined;

beforeAll(async () => {
  gateway = await startGatewayWithBoth();
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
beforeEach(() => {
  gateway.mode.faults.clear();
  gateway.mode.ledger.clear();
});
afterAll(async () => {
  await browser?.close();
  await gateway.stop();
});

describe('the Upstream panel', () => {
  maybe('says of an answer just what is on its bill', async () => {
    const { page, strayed, faults } = await openExplorer(browser, gateway);
    await pickTab(page, 'ReportInFull');
    const wire = await run(page);
    expect(wire.headers['x-gateway-timeline']).toBe('true');
    const upstream = upstreamOf(wire);
    // By the ledger: it is no empty bill.
    const calls = gateway.mode.ledger.entries;
    expect(upstream.calls).toEqual({
      rest: calls.filter(({ api }) => api === 'REST').length,
      discovery: calls.filter(({ api }) => api === 'DISCOVERY').length,
    });
    expect(upstream.calls.rest).toBeGreaterThan(0);
    expect(upstream.calls.discovery).toBeGreaterThan(0);

    await openUpstream(page);
    await sameAsBill(page, upstream);
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('says of the next answer what is on that one’s, and that nothing was asked of Mode', async () => {
    const { page } = await openExplorer(browser, gateway);
    await openUpstream(page);
    await page.getByText('Ask something, and its bill is here.').waitFor();
    await pickTab(page, 'UnviewedReports');
    await run(page);
    const wire = await run(page);
    const upstream = upstreamOf(wire);
    // The guard keeps the browser's cache off, as its developer tools may: the gateway's is no concern of theirs.
    expect(wire.headers['cache-control']).toBe('max-stale');
    expect(upstream.calls).toEqual({ rest: 0, discovery: 0 });
    await sameAsBill(page, upstream);
    const panel = page.getByRole('region', { name: 'Upstream' });
    expect(await panel.getByTestId('snapshot').innerText()).toMatch(/is (new|\d+ (second|minute)s? old), read at/);
    expect(await panel.getByTestId('time-line').count()).toBe(0);
  });

  maybe('has the same in a line below the answer, which opens it', async () => {
    const { page } = await openExplorer(browser, gateway);
    await pickTab(page, 'ReportInFull');
    const { calls, rateLimit } = upstreamOf(await run(page));
    const line = page.getByTestId('bill-line');
    await line.waitFor();
    expect(await line.innerText()).toContain(`${calls.rest} REST`);
    expect(await line.innerText()).toContain(`${shown(rateLimit?.remaining)} of 5,000 calls left`);
    await line.click();
    await page.getByRole('region', { name: 'Upstream' }).waitFor();
  });

  maybe('counts down to when all of the limit is free again', async () => {
    const { page } = await openExplorer(browser, gateway);
    await pickTab(page, 'ReportInFull');
    const { rateLimit } = upstreamOf(await run(page));
    await openUpstream(page);
    const refill = page.getByTestId('limit-refill');
    const seconds = async (): Promise<number> => Number(/again in (\d+) s/.exec(await refill.innerText())?.[1]);
    const first = await seconds();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(61);
    const meter = page.getByRole('meter', { name: 'Calls left' });
    expect(await meter.getAttribute('aria-valuenow')).toBe(String(rateLimit?.remaining));
    expect(await meter.getAttribute('aria-valuemax')).toBe('5000');
    await refill.getByText(`again in ${first - 1} s`).waitFor();
    // The page's own clock, put forward to when it is over.
    await page.clock.install({ time: Date.parse(rateLimit?.resetsAt ?? '') + 1_000 });
    await page.clock.runFor(2_000);
    await refill.getByText('All of them are free').waitFor();
    expect(await meter.getAttribute('aria-valuenow')).toBe('5000');
  });

  maybe('shows the calls as a table, too, for who cannot see the drawing, and by the keyboard alone', async () => {
    const { page } = await openExplorer(browser, gateway);
    await pickTab(page, 'ReportInFull');
    const { timeline, calls } = upstreamOf(await run(page));
    await page.getByRole('button', { name: 'Show Upstream' }).focus();
    await page.keyboard.press('Enter');
    const drawing = page.getByRole('img', { name: new RegExp(`^${calls.rest} calls? \\(${calls.rest} REST\\) over`) });
    await drawing.waitFor();
    await page.getByText(`${timeline?.calls.length ?? 0} calls as a table`).focus();
    await page.keyboard.press('Enter');
    const rows = await page.getByTestId('time-line-row').all();
    const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
    expect(cells.map(([what = '', , , , status = '']) => [what.trim(), status])).toEqual(
      (timeline?.calls ?? []).map(({ what, status }) => [what, String(status)]),
    );
  });

  maybe('marks a call that failed', async () => {
    gateway.mode.faults.inject({ match: '/runs/', kind: 'status500', times: 1 });
    const { page } = await openExplorer(browser, gateway);
    await pickTab(page, 'ReportInFull');
    const { timeline } = upstreamOf(await run(page));
    await openUpstream(page);
    const failed = page.locator('[data-testid=time-line-call].is-failed');
    expect(await failed.count()).toBe((timeline?.calls ?? []).filter(({ status }) => status === 500).length);
    expect(await failed.count()).toBe(1);
    expect(await failed.getAttribute('title')).toContain('status 500');
  });

  maybe('stops a question, and with it its calls', async () => {
    gateway.mode.faults.inject({ match: '/runs/', kind: 'slow' });
    const { page } = await openExplorer(browser, gateway);
    await pickTab(page, 'ReportInFull');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    const slow = () => gateway.mode.ledger.calls({ path: '/runs/' });
    await until(() => slow().length > 0);
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await until(() => slow().every(({ aborted }) => aborted === true));
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
  });
});
