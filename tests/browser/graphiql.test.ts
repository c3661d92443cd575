import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { expectSoon, openExplorer, pickTab, readDescription, run } from './explorer-page.ts';
import { findChromium } from './find-chromium.ts';
import { launch } from './guarded-page.ts';
import { startProxyBelowAPath } from './proxy-below-a-path.ts';

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
const STARTERS = ['Welcome', 'UnviewedReports', 'TableUsage', 'ScheduledReports', 'ReportInFull'];

let open: GatewayOnSimulator;
let shut: GatewayOnSimulator;
let browser: Browser | undefined;

beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  const size = { collections: 3, reports: 40, members: 8, dataSources: 2 };
  open = await startGatewayOnSimulator(size);
  shut = await startGatewayOnSimulator(size, { INTROSPECTION: 'off' });
  if (executable !== undefined) browser = await launch(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await Promise.all([open.stop(), shut.stop()]);
});

describe('the explorer in a browser', () => {
  maybe('runs a question, explains the schema, and never tries to leave its own origin', async () => {
    const { page, strayed, faults } = await openExplorer(browser, open, {
      search: `?query=${encodeURIComponent(QUESTION)}`,
    });
    const { body } = await run(page);
    await page.locator('.graphiql-response').getByText('upstream').waitFor();
    const { workspace, collections } = open.mode.world;
    expect(body).toMatchObject({
      data: { workspace: { username: workspace.username, collections: { totalCount: collections.length } } },
      extensions: { upstream: { calls: { rest: expect.any(Number) as number, discovery: 0 } } },
    });
    // What fits into the window, and without the time line, which the explorer alone has asked for.
    const shown = await read(page, '.graphiql-response .result-window .view-lines');
    expect(shown).toContain('"rest":');
    expect(withoutTimeline(body)).toContain(shown);

    await readDescription(page);
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql.png') });
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('takes a question and its variables from its address, and goes on asking at its own', async () => {
    const query = 'query Linked($username: String!) { member(username: $username) { username } }';
    const { username } = open.mode.world.members[0] ?? { username: '' };
    const search = `?${new URLSearchParams({ query, variables: JSON.stringify({ username }) }).toString()}`;
    const { page } = await openExplorer(browser, open, { search });
    expect((await run(page)).body).toMatchObject({ data: { member: { username } } });
    // Beside the questions to begin with, not in their place.
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Linked', ...STARTERS]);
  });

  maybe('works behind a proxy that passes on nothing but /graphql, below a path of its own', async () => {
    const proxy = await startProxyBelowAPath(open.origin);
    const behind = { ...open, origin: proxy.origin, endpoint: `${proxy.origin}/tools/graphql` };
    const { page, strayed, faults } = await openExplorer(browser, behind);
    expect((await run(page)).body).toMatchObject({ data: { workspace: expect.any(Object) as object } });
    await readDescription(page);
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
    await page.close();
    proxy.stop();
  });

  maybe.each(STARTERS)('greets with questions that work: %s', async (name) => {
    const { page, strayed, faults } = await openExplorer(browser, open);
    expect(await page.title()).toBe('Mode GraphQL');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(STARTERS);
    await pickTab(page, name);
    const { body, question } = await run(page);
    expect(question.operationName).toBe(name);
    expect(body).not.toHaveProperty('errors');
    expect(body).toMatchObject({ data: { workspace: expect.any(Object) as object } });
    await page.locator('.graphiql-response').getByText('"workspace"').waitFor();
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('opens a question to begin with again, for who has closed its tab', async () => {
    const { page } = await openExplorer(browser, open);
    await page.getByRole('button', { name: 'Questions to begin with' }).click();
    await page.getByRole('menuitem', { name: 'What uses this table?' }).click();
    await page.getByRole('tab', { name: 'TableUsage' }).nth(1).waitFor();
    const { question } = await run(page);
    expect(question).toMatchObject({ operationName: 'TableUsage', variables: { table: 'orders' } });
  });

  maybe('tells what a field, an argument and a value mean, over a word and while one types', async () => {
    const { page, strayed, faults } = await openExplorer(browser, open, {
      search: `?query=${encodeURIComponent('{\n  workspace {\n    reports(orderBy: { field: VIEW_COUNT }) {\n      totalCount\n    }\n  }\n}')}`,
    });
    const editor = page.locator('.graphiql-query-editor');
    const hover = page.locator('.monaco-hover:visible');
    for (const [word, description] of [
      ['totalCount', 'Rows of the whole list, after the filter, whatever the page.'],
      ['VIEW_COUNT', 'How often it was viewed.'],
      ['orderBy', 'In which order.'],
    ] as const) {
      // The schema comes when it comes: looked at until it has.
      await expectSoon(async () => {
        await page.mouse.move(0, 0);
        await editor.getByText(word, { exact: true }).hover();
        await hover.getByText(description).waitFor({ timeout: 2_000 });
      });
    }
    await page.mouse.move(0, 0);
    await editor.getByText('totalCount').click();
    await page.keyboard.press('End');
    await page.keyboard.type('\npage');
    const suggestion = page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'pageInfo' });
    await suggestion.waitFor();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-details').getByText('Where this page stands in the list.').waitFor();
    await page.screenshot({ path: join(ARTIFACTS, 'explorer-completion.png') });
    expect({ strayed, faults }).toEqual({ strayed: [], faults: [] });
  });

  maybe('builds a question from ticks', async () => {
    const { page, faults } = await openExplorer(browser, open, {
      search: `?query=${encodeURIComponent('{ __typename }')}`,
    });
    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
    const fields = page.locator('.graphiql-explorer-root');
    await fields.getByText('catalog', { exact: true }).click();
    await fields.getByText('state', { exact: true }).click();
    expect((await run(page)).body).toMatchObject({ data: { catalog: { state: 'OFF' } } });
    expect(faults).toEqual([]);
  });

  maybe('remembers its tabs under names of its own: what another GraphiQL left at this address stays its', async () => {
    const { page } = await openExplorer(browser, open);
    const foreign = JSON.stringify({ activeTabIndex: 0, tabs: [] });
    await page.evaluate((tabs) => localStorage.setItem('graphiql:tabState', tabs), foreign);
    await page.reload();
    await page.getByRole('tab', { name: 'Welcome' }).waitFor();
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await page.getByRole('button', { name: 'Clear data' }).click();
    await page.getByRole('button', { name: 'Cleared data' }).waitFor();
    const names = await page.evaluate(() => Object.keys(localStorage));
    expect(names).toContain('graphiql:tabState');
  });

  maybe('runs no script but its own, and sends nothing to another origin', async () => {
    const { page, faults } = await openExplorer(browser, open);
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.intruded = true';
      document.body.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.intruded = true');
      document.body.append(button);
      button.click();
      const text = URL.createObjectURL(new Blob(['window.intruded = true'], { type: 'text/javascript' }));
      // An answer is no script, whatever its text.
      for (const source of [text, 'data:text/javascript,window.intruded=true', '/graphql?query={__typename}']) {
        const loaded = document.createElement('script');
        loaded.src = source;
        const done = new Promise((resolve) => (loaded.onload = loaded.onerror = resolve));
        document.body.append(loaded);
        await done;
      }
      let evaluated = true;
      try {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
        new Function('window.intruded = true')();
      } catch {
        evaluated = false;
      }
      const worked = await new Promise((resolve) => {
        try {
          const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
          worker.onmessage = () => resolve(true);
          worker.onerror = () => resolve(false);
        } catch {
          resolve(false);
        }
      });
      const sent = await fetch('http://127.0.0.1:9/?stolen').then(
        () => true,
        () => false,
      );
      return { intruded: 'intruded' in window, evaluated, worked, sent };
    });
    expect(outcome).toEqual({ intruded: false, evaluated: false, worked: false, sent: false });
    for (const refused of ['Executing inline script', 'Executing inline event handler', 'Connecting to']) {
      expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${refused}.*Content Security Policy`)));
    }
    for (const directive of ['script-src-elem', 'script-src-attr', 'script-src, eval', 'connect-src', 'worker-src']) {
      await expectSoon(() => {
        expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^Policy violated: ${directive}`)));
      });
    }
  });

  maybe('says what is the matter when introspection is off, and still runs questions', async () => {
    const { page } = await openExplorer(browser, shut);
    await page.locator('.graphiql-response').getByText('INTROSPECTION_DISABLED').waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('"workspace"').waitFor();
    await page.screenshot({ path: join(ARTIFACTS, 'graphiql-without-introspection.png') });
  });
});

/** The text that an editor shows, without spaces. */
async function read(page: Page, lines: string): Promise<string> {
  const text = await page.locator(lines).innerText();
  return text.replaceAll(/\s/g, '');
}

function withoutTimeline(body: unknown): string {
  const text = JSON.stringify(body, (key, value: unknown) => (key === 'timeline' ? undefined : value));
  return text.replaceAll(/\s/g, '');
}
