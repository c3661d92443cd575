/** Takes the README's pictures of the explorer, from the demo: docs/explorer.png and docs/explorer-dark.png. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findChromium } from '../tests/browser/find-chromium.ts';
import { launch } from '../tests/browser/guarded-page.ts';
import { Command } from '../tests/support/command.ts';

const SIZE = { width: 1280, height: 800 };
/** The seconds that the demo's catalog takes to be read, and the limit to be whole again. */
const WARM_MS = 12_000;

const executable = findChromium();
if (executable === undefined) {
  console.error('There is no Chromium on this machine: install it, or name it in CHROMIUM_PATH.');
  process.exit(1);
}
const demo = new Command(['demo'], { env: { PORT: '0' } });
const [, url = ''] = await demo.says(/GraphiQL +(\S+)/);
await new Promise((resolve) => setTimeout(resolve, WARM_MS));
const browser = await launch(executable);
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme });
    await showReportInFull(page, url);
    const path = join('docs', colorScheme === 'light' ? 'explorer.png' : 'explorer-dark.png');
    await page.screenshot({ path });
    await page.close();
    console.log(`wrote ${path}`);
    await new Promise((resolve) => setTimeout(resolve, WARM_MS));
  }
} finally {
  await browser.close();
  demo.signal('SIGTERM');
  await demo.exit;
}

/** A question that makes some calls, and its bill beside it. */
async function showReportInFull(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('tab', { name: 'ReportInFull' }).click();
  await page.locator('.graphiql-query-editor').getByText('ReportInFull').first().waitFor();
  await page.getByRole('button', { name: 'Show Upstream' }).click();
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page.getByTestId('time-line').waitFor();
  // Away from whatever would show a tooltip.
  await page.mouse.move(SIZE.width / 2, SIZE.height - 5);
  await page.locator('[role=tooltip]').waitFor({ state: 'detached' });
  await page.waitForTimeout(600);
}
