import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from '../browser/find-chromium.ts';
import { launch, openGuardedPage } from '../browser/guarded-page.ts';
import { startGatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { inOrder } from '../support/world-order.ts';
import { build, typecheck } from './example.ts';

const NAME = 'relay-snippet';
const ARTIFACTS = join(__dirname, '../../artifacts');
const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

it('the Relay example is compiled by Relay’s compiler, and passes the strict one', async () => {
  const { code, stdout, stderr } = await typecheck(NAME);
  expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  expect(stdout + stderr).toContain('Compilation completed.');
}, 300_000);

maybe(
  'the Relay example pages to the end in a browser, each report exactly once',
  async () => {
    if (executable === undefined) throw new Error('There is no Chromium on this machine: name it in CHROMIUM_PATH.');
    await mkdir(ARTIFACTS, { recursive: true });
    const gateway = await startGatewayOnSimulator(
      { collections: 4, reports: 90, members: 6, dataSources: 2 },
      { MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
    );
    const built = await build(NAME);
    const served = await built.serve(gateway.origin);
    const browser = await launch(executable);
    try {
      const { page, strayed, faults } = await openGuardedPage(browser, served.origin);
      await page.goto(served.origin);
      await page.getByRole('heading', { name: `Viewed most in ${gateway.mode.world.workspace.name}` }).waitFor();
      const rows = page.locator('li a');
      for (let seen = 20; seen < 90; seen += 20) {
        await rows.nth(seen - 1).waitFor();
        expect(await rows.count()).toBe(seen);
        await page.getByRole('button', { name: 'More' }).click();
      }
      await rows.nth(89).waitFor();
      expect(await page.getByRole('button', { name: 'More' }).count()).toBe(0);
      const shown = await rows.evaluateAll((links) =>
        links.map((link) => link.getAttribute('href')?.split('/').at(-1)),
      );
      const expected = inOrder(gateway.mode.world.reports, ({ viewCount }) => viewCount, 'DESC');
      expect(shown).toEqual(expected.map(({ token }) => token));
      await page.screenshot({ path: join(ARTIFACTS, 'relay-snippet.png') });
      expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
    } finally {
      await browser.close();
      await served.close();
      await built.remove();
      await gateway.stop();
    }
  },
  300_000,
);
