import type { Browser, Page, Response } from 'playwright-core';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { needBuiltExplorer } from '../support/built-explorer.ts';
import { openGuardedPage, type GuardedPage, type GuardedPageOptions } from './guarded-page.ts';

/** Both APIs, a catalog that is read when it is asked for, and a limit whose window is not over in a moment. */
export function startGatewayWithBoth(variables: Readonly<Record<string, string>> = {}): Promise<GatewayOnSimulator> {
  return startGatewayOnSimulator(
    { collections: 8, reports: 1_200, members: 12, dataSources: 3 },
    { MODE_DISCOVERY: 'mint', CATALOG_WARM: 'off', CATALOG_DIR: 'off', MODE_RATE_LIMIT: '5000/60s', ...variables },
  );
}

/** The explorer of a gateway in a browser, ready to be used. */
export async function openExplorer(
  browser: Browser | undefined,
  gateway: GatewayOnSimulator,
  { search = '', ...options }: GuardedPageOptions & { readonly search?: string } = {},
): Promise<GuardedPage> {
  if (!browser) throw new Error('There is no Chromium on this machine: install it, or name it in CHROMIUM_PATH.');
  needBuiltExplorer();
  const guarded = await openGuardedPage(browser, gateway.origin, options);
  await guarded.page.goto(gateway.endpoint + search);
  await guarded.page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return guarded;
}

/** What came over the wire. */
export interface OnTheWire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly question: { readonly query: string; readonly operationName?: string; readonly variables?: unknown };
  readonly body: unknown;
}

/** Does something that asks a question, and tells what was sent for it and what came back. */
export async function asking(page: Page, act: () => Promise<void>): Promise<OnTheWire> {
  const [response] = await Promise.all([page.waitForResponse(isAnswer), act()]);
  const request = response.request();
  return {
    status: response.status(),
    headers: await request.allHeaders(),
    question: request.postDataJSON() as OnTheWire['question'],
    body: await response.json(),
  };
}

function isAnswer(response: Response): boolean {
  const request = response.request();
  return request.method() === 'POST' && !(request.postData() ?? '').includes('IntrospectionQuery');
}

export function run(page: Page): Promise<OnTheWire> {
  return asking(page, () => page.getByRole('button', { name: /^Execute query/ }).click());
}

/** Goes to one of the questions to begin with. */
export async function pickTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await page.locator('.graphiql-query-editor').getByText(name).first().waitFor();
}

export async function openUpstream(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show Upstream' }).click();
  await page.getByRole('region', { name: 'Upstream' }).waitFor();
}

/** Puts something into an editor, in the place of what is in it. */
export async function fillEditor(page: Page, region: string, text: string): Promise<void> {
  await page.locator(region).locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+A');
  // Else the editor takes the first sign for one to put around what is marked.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** Tries again until it does not throw. */
export async function expectSoon(attempt: () => void | Promise<void>): Promise<void> {
  for (let left = 20; ; left--) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** Finds what the docs panel says of `Workspace`. */
export async function readDescription(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByRole('link', { name: 'Workspace', exact: true }).click();
  const description = docs.getByText('A Mode workspace: everything one company keeps in Mode.');
  await description.waitFor();
  await description.evaluate((element) => element.scrollIntoView({ block: 'center' }));
}
