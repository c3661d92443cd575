import type { SimReport } from '../../src/simulator/index.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { post } from '../support/gateway.ts';
import { bin, start, type Ended } from '../support/program.ts';
import { inOrder } from '../support/world-order.ts';
import { folderOf, typecheck } from './example.ts';

const NAME = 'node-script';

let gateway: GatewayOnSimulator | undefined;

beforeAll(async () => {
  expect(await typecheck(NAME)).toMatchObject({ code: 0 });
}, 300_000);
afterEach(() => gateway?.stop());

const run = (env: Readonly<Record<string, string>>): Promise<Ended> =>
  start(bin('tsx'), ['scheduled-reports.ts'], { cwd: folderOf(NAME), env }).ended;

/** What it must print, from the simulator's truth. */
function truth({ mode }: GatewayOnSimulator): string[][] {
  const { world } = mode;
  const collections = new Map(world.collections.map(({ token, name }) => [token, name]));
  const members = new Map(world.members.map(({ username, name }) => [username, name]));
  const scheduled = world.reports.filter(({ schedulesCount }) => schedulesCount > 0);
  const row = (report: SimReport): string[] =>
    [
      report.name,
      collections.get(report.collectionToken),
      members.get(report.creatorUsername),
      report.schedulesCount,
      report.viewCount,
      report.lastRunAt,
      `https://app.mode.com/${mode.workspace}/reports/${report.token}`,
    ].map((value) => String(value ?? ''));
  return inOrder(scheduled, ({ viewCount }) => viewCount).map(row);
}

/** By its own reading of RFC 4180, one character after another. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      // Of two in a row, inside a field, one is meant.
      if (!isQuoted && text[at - 1] === '"') field += '"';
      isQuoted = !isQuoted;
    } else if (isQuoted || (character !== ',' && character !== '\n')) {
      field += character;
    } else {
      row.push(field);
      field = '';
      if (character === '\n') rows.push(row.splice(0));
    }
  }
  return rows;
}

const HEAD = ['report', 'collection', 'creator', 'schedules', 'views', 'last run', 'address'];

describe('the script that prints scheduled reports', () => {
  it('prints each exactly once, in order, over all pages', async () => {
    gateway = await startGatewayOnSimulator(
      { collections: 5, reports: 900, members: 10, dataSources: 2 },
      { MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
    );
    const [first] = gateway.mode.world.reports.filter(({ schedulesCount }) => schedulesCount > 0);
    if (!first) throw new Error('the world has no scheduled report');
    first.name = 'Sales, "net" and\nafter returns';
    gateway.mode.rebuildDiscovery();
    const { code, stdout, stderr } = await run({ GATEWAY_URL: gateway.origin });
    expect([code, stderr]).toEqual([0, '']);
    const expected = truth(gateway);
    expect(expected.length).toBeGreaterThan(100);
    expect(readCsv(stdout)).toEqual([HEAD, ...expected]);
  });

  it('waits as long as the gateway says when the limit is used up, and then prints all the same', async () => {
    gateway = await startGatewayOnSimulator(
      { collections: 3, reports: 60, members: 5, dataSources: 2 },
      {
        MODE_RATE_LIMIT: '10/10s',
        OPERATION_TIMEOUT: '1500ms',
        MAX_UPSTREAM_CALLS: '100',
        MODE_DISCOVERY: 'mint',
        CATALOG_DIR: 'off',
      },
    );
    const { mode, endpoint, origin } = gateway;
    // Somebody else uses it up.
    const others = mode.world.reports
      .slice(0, 12)
      .map(({ token }, at) => `r${at}: report(token: "${token}") { archived }`);
    await (await fetch(endpoint, post(`{ ${others.join(' ')} }`))).text();

    const { code, stdout, stderr } = await run({ GATEWAY_URL: origin });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^(Mode’s limit is used up for now; asking again in ([1-9]|10) s\.\n)+$/);
    expect(readCsv(stdout)).toEqual([HEAD, ...truth(gateway)]);
    const lists = mode.ledger.entries
      .filter(({ path }) => path.startsWith('/batch/'))
      .map(({ path }) => path.split('?')[0]);
    expect(new Set(lists).size).toBe(lists.length);
  });

  it('sends its key, and ends with what the gateway says when that is not the right one', async () => {
    const key = 'a-key-of-the-script';
    gateway = await startGatewayOnSimulator(
      { collections: 3, reports: 30, members: 5, dataSources: 2 },
      { GATEWAY_API_KEYS: key, MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
    );
    const right = await run({ GATEWAY_URL: gateway.origin, GATEWAY_KEY: key });
    expect([right.code, readCsv(right.stdout)]).toEqual([0, [HEAD, ...truth(gateway)]]);
    const wrong = await run({ GATEWAY_URL: gateway.origin, GATEWAY_KEY: 'another-key' });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('UNAUTHENTICATED');
    expect(wrong.stderr).not.toContain('asking again');
  });
});
