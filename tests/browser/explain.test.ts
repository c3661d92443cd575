import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { asking, openExplorer, pickTab, run, startGatewayWithBoth } from './explorer-page.ts';
import { findChromium } from './find-chromium.ts';
import { launch } from './guarded-page.ts';
import { explanationOf, sameAsEstimate } from './panel-contents.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

const ARTIFACTS = join(__dirname, '../../artifacts');
let gateway: GatewayOnSimulator;
/** A question may make one call. */
let frugal: GatewayOnSimulator;
let browser: Browser | undefined;

beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  [gateway, frugal] = await Promise.all([startGatewayWithBoth(), startGatewayWithBoth({ MAX_UPSTREAM_CALLS: '1' })]);
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([gateway.stop(), frugal.stop()]);
});

describe('Explain', () => {
  const press = (page: Page) => asking(page, () => page.getByRole('button', { name: /^Explain/ }).click());

  maybe('asks the same question for its estimate, opens the panel, and shows what came', async () => {
    const { page, faults } = await openExplorer(browser, gateway);
    await pickTab(page, 'ScheduledReports');
    const answered = await run(page);
    expect(answered.headers['x-gateway-explain']).toBeUndefined();
    const wire = await press(page);
    expect(wire.headers['x-gateway-explain']).toBe('true');
    expect(wire.question).toEqual(answered.question);
    const section = page.getByTestId('explained');
    await section.waitFor();
    const { estimatedCalls } = explanationOf(wire);
    await sameAsEstimate(section, explanationOf(wire));
    // Not the bill of what was answered before.
    const line = page.getByTestId('bill-line');
    const estimate = estimatedCalls === 0 ? 'no call' : `${estimatedCalls} call`;
    expect(await line.innerText()).toMatch(new RegExp(`^explained: (about )?${estimate}`));
    // The next one is an answer again.
    expect((await run(page)).headers['x-gateway-explain']).toBeUndefined();
    await line.getByText(/^no call$|calls? \(/).waitFor();
    expect(faults).toEqual([]);
  });

  maybe('shows the steps of a question that would be refused, and the refusal', async () => {
    const { page, faults } = await openExplorer(browser, frugal);
    await pickTab(page, 'UnviewedReports');
    // By the keyboard: the editor has the focus.
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    const explanation = explanationOf(await asking(page, () => page.keyboard.press('Control+Shift+Enter')));
    const section = page.getByTestId('explained');
    await section.waitFor();
    expect(await section.getByRole('heading', { level: 3 }).innerText()).toBe('UnviewedReports, explained');
    expect([explanation.limits.calls, explanation.refusal?.code]).toEqual([1, 'OPERATION_TOO_COSTLY']);
    await sameAsEstimate(section, explanation);
    expect(await section.getByRole('alert').innerText()).toContain(explanation.refusal?.message);
    await page.screenshot({ path: join(ARTIFACTS, 'explorer-explained.png') });
    expect(faults).toEqual([]);
    expect(frugal.mode.ledger.entries).toEqual([]);
  });

  maybe('says what is wrong with a question that cannot be', async () => {
    const { page } = await openExplorer(browser, gateway, { search: `?query=${encodeURIComponent('{ nope }')}` });
    await press(page);
    const section = page.getByTestId('explained');
    await section.getByText('It cannot be asked.').waitFor();
    expect(await section.innerText()).toContain('nope');
  });
});
