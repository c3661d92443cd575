import type { Browser } from 'playwright-core';
import { createGateway, type Gateway } from '../../src/index.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { serveExpress, type Served } from '../library/servers.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { envFor, startSmallMode } from '../support/gateway.ts';
import { findChromium } from './find-chromium.ts';
import { launch, openGuardedPage } from './guarded-page.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

let mode: Simulator;
let gateway: Gateway;
let served: Served;
let browser: Browser | undefined;

beforeAll(async () => {
  needBuiltExplorer();
  mode = await startSmallMode();
  gateway = createGateway(envFor(mode));
  // Passes on the page, and nothing below it.
  served = await serveExpress((app) => app.all('/graphql', gateway.handler));
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await served.close();
  await gateway.dispose();
  await mode.close();
});

maybe('a page whose script does not come says why, and what to do about it', async () => {
  if (!browser) throw new Error('There is no Chromium.');
  const { page, faults } = await openGuardedPage(browser, served.url);
  await page.goto(`${served.url}/graphql`);
  const said = page.getByText('The explorer’s script did not come');
  await said.waitFor();
  expect(await said.innerText()).toContain(`${served.url}/graphql/explorer/main-`);
  expect(await said.innerText()).toContain('In Express that is app.use instead of app.all');
  // Its policy lets it say so.
  expect(faults.filter((fault) => /policy|inline/i.test(fault))).toEqual([]);
});
