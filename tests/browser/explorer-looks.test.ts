import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { coloursOf, contrasts, luminance } from './colours.ts';
import { openExplorer, openUpstream, pickTab, run, startGatewayWithBoth } from './explorer-page.ts';
import { findChromium } from './find-chromium.ts';
import { launch } from './guarded-page.ts';

const executable = findChromium();
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

type Box = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

const ARTIFACTS = join(__dirname, '../../artifacts');

let gateway: GatewayOnSimulator;
let browser: Browser | undefined;

beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  gateway = await startGatewayWithBoth();
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await gateway.stop();
});

describe.each(['light', 'dark'] as const)('the explorer on a %s screen', (colorScheme) => {
  maybe.each([
    [1280, 800],
    [1024, 768],
  ])('of %d by %d shows all of it', async (width, height) => {
    const { page, faults } = await openExplorer(browser, gateway, { colorScheme, viewport: { width, height } });
    const file = (name: string) => join(ARTIFACTS, `explorer-${colorScheme}-${width}-${name}.png`);
    await page.screenshot({ path: file('before') });
    await pickTab(page, 'ReportInFull');
    await run(page);
    await openUpstream(page);
    await page.getByTestId('time-line').waitFor();
    await page.screenshot({ path: file('after') });

    // Nothing is cut off at the side, neither of the page nor of the panel.
    const overflow = await page.evaluate(() =>
      [...document.querySelectorAll('html, .graphiql-plugin, .upstream-card, .upstream-table, .bill-line')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    );
    expect(Math.max(...overflow)).toBeLessThanOrEqual(1);
    for (const { name, ratio } of await contrasts(page)) {
      expect({ name, isLegible: ratio >= 4.5, ratio }).toMatchObject({ name, isLegible: true });
    }
    const [, background] = await coloursOf(page, '.graphiql-container');
    expect(luminance(background) > 0.5).toBe(colorScheme === 'light');
    expect(faults).toEqual([]);
  });

  maybe.each([700, 400])('that is %d wide has room for the answer, the panel open or not', async (width) => {
    const { page, faults } = await openExplorer(browser, gateway, { colorScheme, viewport: { width, height: 800 } });
    await run(page);
    await page.getByTestId('bill-line').waitFor();
    const boxOf = async (selector: string): Promise<Box> =>
      (await page.locator(selector).first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const answer = await boxOf('.graphiql-response');
    expect(answer.width).toBeGreaterThan(60);
    await openUpstream(page);
    await page.screenshot({ path: join(ARTIFACTS, `explorer-${colorScheme}-${width}-after.png`) });
    expect(await boxOf('.graphiql-response')).toEqual(answer);
    for (const selector of ['.graphiql-response', '.bill-line', '.graphiql-plugin']) {
      const box = await boxOf(selector);
      expect([selector, box.x >= 0 && box.x + box.width <= width]).toEqual([selector, true]);
    }
    // Nor does it lie over what runs the next question.
    await run(page);
    await page.getByRole('button', { name: 'Hide Upstream' }).click();
    await page.getByTestId('bill-line').click();
    expect(faults).toEqual([]);
  });

  maybe('has the ring of what has the focus inside its pane, and the whole titles of its questions', async () => {
    const { page } = await openExplorer(browser, gateway, { colorScheme, viewport: { width: 1280, height: 800 } });
    await run(page);
    const [line, footer] = [page.getByTestId('bill-line'), page.locator('.graphiql-footer')];
    await line.waitFor();
    expect((await line.boundingBox())?.width).toBe((await footer.boundingBox())?.width);
    await page.getByRole('button', { name: 'Questions to begin with' }).click();
    const items = page.getByRole('menuitem');
    await items.first().waitFor();
    expect(await items.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth))).toEqual([]);
  });

  maybe('keeps to what its user chooses instead', async () => {
    const { page } = await openExplorer(browser, gateway, { colorScheme });
    const other = colorScheme === 'light' ? 'dark' : 'light';
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await page.getByRole('button', { name: other === 'dark' ? 'Dark' : 'Light', exact: true }).click();
    await page.keyboard.press('Escape');
    await openUpstream(page);
    const [, background] = await coloursOf(page, '.graphiql-container');
    expect(luminance(background) > 0.5).toBe(other === 'light');
    const [text] = await coloursOf(page, '.upstream');
    expect(luminance(text) > 0.4).toBe(other === 'dark');
  });
});
