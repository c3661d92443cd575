import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { expectSoon, fillEditor, openExplorer, openUpstream, pickTab, readDescription, run } from './explorer-page.ts';
import { findChromium } from './find-chromium.ts';
import { launch } from './guarded-page.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

const ARTIFACTS = join(__dirname, '../../artifacts');
const KEY = 'a-key-for-the-browser';

let locked: GatewayOnSimulator;
let browser: Browser | undefined;

beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  const size = { collections: 3, reports: 40, members: 8, dataSources: 2 };
  locked = await startGatewayOnSimulator(size, { GATEWAY_API_KEYS: KEY });
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await locked.stop();
});

describe('the explorer of a gateway with keys', () => {
  maybe('is usable: the key goes into Headers, for all tabs, and is kept nowhere', async () => {
    const { page, strayed } = await openExplorer(browser, locked);
    // What is to be filled in stands there, and the first tab says so.
    await page.locator('.graphiql-editor-tool').getByText('"x-api-key"').waitFor();
    await page.locator('.graphiql-query-editor').getByText('This gateway needs a key').waitFor();
    expect((await run(page)).status).toBe(401);

    await fillEditor(page, '.graphiql-editor-tool .graphiql-editor:not(.hidden)', JSON.stringify({ 'x-api-key': KEY }));
    expect((await run(page)).status).toBe(200);
    await page.locator('.graphiql-response').getByText('"workspace"').waitFor();
    await pickTab(page, 'ScheduledReports');
    expect((await run(page)).status).toBe(200);

    // Nobody has pressed "Re-fetch": the schema, refused before, was read when the key was there.
    await readDescription(page);
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql-locked.png') });
    const kept = () => page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
    await expectSoon(async () => expect(await kept()).toContain('ScheduledReports'));
    expect(await kept()).not.toContain(KEY);

    // The history holds the question, and takes the key of the page.
    await page.getByRole('button', { name: 'Show History' }).click();
    await page.locator('.graphiql-history-item-label').getByText('Welcome').click();
    await page.locator('.graphiql-query-editor').getByText('This gateway needs a key').waitFor();
    await page.locator('.graphiql-editor-tool').getByText(KEY).waitFor();
    expect(await run(page)).toMatchObject({ status: 200, question: { operationName: 'Welcome' } });
    await page.locator('.graphiql-history-item').getByRole('button', { name: 'Add favorite' }).first().click();
    await expectSoon(async () => expect(await kept()).toContain('graphiql:favorites'));
    expect(await kept()).not.toContain(KEY);

    await page.reload();
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    expect((await run(page)).status).toBe(401);
    expect(strayed).toEqual([]);
  });

  maybe('says in the panel why a question was refused', async () => {
    const { page } = await openExplorer(browser, locked);
    await run(page);
    await openUpstream(page);
    await page.getByTestId('answered').getByText('This gateway needs a key').waitFor();
  });
});
