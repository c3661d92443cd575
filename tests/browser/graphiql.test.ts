import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { findChromium } from './find-chromium.ts';
import { launch, openGuardedPage, type GuardedPage } from './guarded-page.ts';

const executable = findChromium();
if (executable === undefined && process.env.CI === undefined) {
  process.stderr.write(
    'No Chromium: the tests of the explorer are skipped. Install it, or name it in CHROMIUM_PATH.\n',
  );
}
// In CI a missing browser is a failure: launching without one says so.
const maybe = executable === undefined && process.env.CI === undefined ? it.skip : it;

const ARTIFACTS = join(__dirname, '../../artifacts');
const QUESTION = `{
  workspace {
    username
    collections {
      totalCount
    }
  }
}
`;
const KEY = 'a-key-for-the-browser';

let open: GatewayOnSimulator;
let locked: GatewayOnSimulator;
let shut: GatewayOnSimulator;
let browser: Browser | undefined;

beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  const size = { collections: 3, reports: 40, members: 8, dataSources: 2 };
  open = await startGatewayOnSimulator(size);
  locked = await startGatewayOnSimulator(size, { GATEWAY_API_KEYS: KEY });
  shut = await startGatewayOnSimulator(size, { INTROSPECTION: 'off' });
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([open.stop(), locked.stop(), shut.stop()]);
});

describe('the explorer in a browser', () => {
  maybe('runs a question, explains the schema, and never tries to leave its own origin', async () => {
    const { page, strayed, faults } = await visit(open, `?query=${encodeURIComponent(QUESTION)}`);
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('upstream').waitFor();
    const answer = await read(page, '.graphiql-response');
    const { workspace, collections } = open.mode.world;
    expect(answer).toMatchObject({
      data: { workspace: { username: workspace.username, collections: { totalCount: collections.length } } },
      extensions: { upstream: { calls: { rest: expect.any(Number) as number, discovery: 0 } } },
    });

    await readDescription(page);
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql.png') });
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('greets with a question that works', async () => {
    const { page, strayed, faults } = await visit(open);
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('"workspace"').waitFor();
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql-greeting.png') });
    expect(await page.title()).toBe('Mode GraphQL');
    expect(await page.locator('.graphiql-response').innerText()).not.toContain('"errors"');
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('is usable on a gateway with keys: the key goes into the Headers tab', async () => {
    const { page, strayed } = await visit(locked);
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.getByRole('region', { name: 'Headers' }).click();
    await page.keyboard.insertText(JSON.stringify({ 'x-api-key': KEY }));
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('"workspace"').waitFor();

    await page.getByRole('button', { name: /^Re-fetch GraphQL schema/ }).click();
    await readDescription(page);
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql-locked.png') });
    expect(strayed).toEqual([]);
  });

  maybe('runs no script but its own, and sends nothing to another origin', async () => {
    const { page, faults } = await visit(open);
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.intruded = true';
      document.body.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.intruded = true');
      document.body.append(button);
      button.click();
      const sent = await fetch('http://127.0.0.1:9/?stolen').then(
        () => true,
        () => false,
      );
      return { intruded: 'intruded' in window, sent };
    });
    expect(outcome).toEqual({ intruded: false, sent: false });
    for (const refused of ['Executing inline script', 'Executing inline event handler', 'Connecting to']) {
      expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${refused}.*Content Security Policy`)));
    }
  });

  maybe('says what is the matter when introspection is off, and still runs questions', async () => {
    const { page } = await visit(shut);
    await page.locator('.graphiql-response').getByText('INTROSPECTION_DISABLED').waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('"workspace"').waitFor();
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql-without-introspection.png') });
  });
});

async function visit(gateway: GatewayOnSimulator, search = ''): Promise<GuardedPage> {
  if (!browser) throw new Error('There is no Chromium on this machine: install it, or name it in CHROMIUM_PATH.');
  const guarded = await openGuardedPage(browser, gateway.origin);
  await guarded.page.goto(gateway.endpoint + search);
  await guarded.page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return guarded;
}

/** Finds what the docs panel says of `Workspace`. */
async function readDescription(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByRole('link', { name: 'Workspace', exact: true }).click();
  const description = docs.getByText('A Mode workspace: everything one company keeps in Mode.');
  await description.waitFor();
  await description.evaluate((element) => element.scrollIntoView({ block: 'center' }));
}

/** The answer that a panel shows, when all of it is in view. */
async function read(page: Page, panel: string): Promise<unknown> {
  const text = await page.locator(panel).innerText();
  return JSON.parse(text.replaceAll('\u00a0', ' ')) as unknown;
}
