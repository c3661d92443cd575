import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WarmSummary } from '../../../src/cli/warming/summary.ts';
import { Command, run } from '../../support/command.ts';
import { askAt, envFor, envWithDiscovery, until, type Env } from '../../support/gateway.ts';
import { startGatewayProcess } from '../../support/gateway-process.ts';
import { startHeldMode, type HeldMode } from '../../support/held-mode.ts';

const LISTS = [
  'workspace',
  'allCollections',
  'dataSources',
  'people',
  'collections',
  'reports',
  'stats',
  'queries',
  'charts',
  'members',
];

describe('mode-graphql warm', () => {
  let mode: HeldMode;
  let folder: string;

  beforeEach(async () => {
    mode = await startHeldMode();
    folder = await mkdtemp(join(tmpdir(), 'warm-'));
  });

  afterEach(async () => {
    await mode.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });

  const env = (): Env => ({ ...envWithDiscovery(mode), CATALOG_DIR: join(folder, 'catalog') });
  const summaryOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as WarmSummary;
  const files = async (): Promise<string[]> => (await readdir(join(folder, 'catalog'))).sort();
  const deleted = (): boolean[] => mode.signatureTokens.map(({ deletedAt }) => deletedAt !== undefined);

  it('reads every list into CATALOG_DIR, says what as JSON, and the gateway that starts next makes no call', async () => {
    const warmed = await run(['warm', '--json'], { env: env() });
    expect(warmed.code).toBe(0);
    const { world } = mode;
    const summary = summaryOf(warmed);
    const calls = mode.ledger.entries.length;
    expect(summary).toMatchObject({
      workspace: mode.workspace,
      directory: join(folder, 'catalog'),
      discovery: true,
      complete: true,
      calls: {
        rest: mode.ledger.calls({ api: 'REST' }).length,
        discovery: calls - mode.ledger.calls({ api: 'REST' }).length,
      },
    });
    expect(summary.lists.map(({ name, state, error }) => [name, state, error])).toEqual(
      LISTS.map((name) => [name, 'read', null]),
    );
    const rows = Object.fromEntries(summary.lists.map((list) => [list.name, list.rows]));
    expect(rows).toMatchObject({
      workspace: 1,
      reports: world.reports.length,
      queries: world.queries.length,
      charts: world.charts.length,
      dataSources: world.dataSources.length,
    });
    expect(summary.lists.reduce((sum, list) => sum + list.calls, 0)).toBe(calls);
    // Nothing was minted, and each call is told of.
    expect(deleted()).toEqual([]);
    // Where there is no terminal, a line for each list takes the place of the bar.
    const lines = warmed.stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/:.*/, ''));
    expect(lines.sort()).toEqual([...LISTS].sort());

    mode.ledger.clear();
    const { command, url } = await startGatewayProcess({ ...env(), CATALOG_WARM: 'on' });
    const { data, extensions } = await askAt(url, '{ catalog { state } workspace { reports { totalCount } } }');
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
    expect(data).toEqual({ catalog: { state: 'READY' }, workspace: { reports: { totalCount: world.reports.length } } });
    expect(extensions?.upstream.calls).toEqual({ rest: 0, discovery: 0 });
    expect(mode.ledger.entries).toEqual([]);
  });

  it('prints a table without --json, nothing else with --quiet, and reads all of it anew', async () => {
    await run(['warm', '-q', '--json'], { env: env() });
    mode.ledger.clear();
    const { code, stdout, stderr } = await run(['warm', '--quiet'], { env: env() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const cells = stdout
      .split('\n')
      .filter((line) => line.startsWith('│'))
      .map((line) => line.split('│').map((cell) => cell.trim()));
    expect(cells.map(([, name, , , , state]) => [name, state])).toEqual([
      ['list', 'state'],
      ...LISTS.map((name) => [name, 'read']),
    ]);
    expect(stdout).toMatch(new RegExp(`${mode.ledger.entries.length} calls to Mode, \\d+(\\.\\d)? s\\.\\n$`));
    expect(mode.ledger.calls({ path: '/batch/acme/reports' })).toHaveLength(1);
  });

  it('leaves alone what --max-age says is young enough', async () => {
    await run(['warm', '-q'], { env: env() });
    mode.ledger.clear();
    const warmed = await run(['warm', '--json', '--max-age', '1h'], { env: env() });
    expect(warmed.code).toBe(0);
    expect(summaryOf(warmed)).toMatchObject({ complete: true, calls: { rest: 0, discovery: 0 } });
    expect(summaryOf(warmed).lists.map(({ state, calls }) => [state, calls])).toEqual(LISTS.map(() => ['kept', 0]));
    expect(mode.ledger.entries).toEqual([]);
  });

  it('mints a token where it is told to, and leaves none behind', async () => {
    const warmed = await run(['warm', '--json'], { env: { ...env(), MODE_DISCOVERY: 'mint' } });
    expect([warmed.code, summaryOf(warmed).complete, deleted()]).toEqual([0, true, [true]]);
    // The two calls for the token are no list's.
    const { lists, calls } = summaryOf(warmed);
    const ofLists = lists.reduce((sum, list) => sum + list.calls, 0);
    expect([calls.rest + calls.discovery, ofLists + 2]).toEqual([
      mode.ledger.entries.length,
      mode.ledger.entries.length,
    ]);
    expect((await files()).every((name) => name.endsWith('.catalog'))).toBe(true);
  });

  it('exits 1 and says what is missing, and why, when a list cannot be read; the others are kept', async () => {
    mode.faults.inject({ match: '/batch/acme/queries', kind: 'html200' });
    const warmed = await run(['warm', '--json', '-q'], { env: env() });
    expect(warmed.code).toBe(1);
    const { complete, lists } = summaryOf(warmed);
    expect(complete).toBe(false);
    expect(lists.filter(({ error }) => error !== null)).toEqual([
      {
        name: 'queries',
        rows: 0,
        asOf: null,
        calls: 1,
        state: 'missing',
        error: { code: 'UPSTREAM_INVALID_RESPONSE', message: expect.any(String) as string },
      },
    ]);
    expect(warmed.stderr).toMatch(/^error: queries is missing \(UPSTREAM_INVALID_RESPONSE: .+\)\n$/);
    expect(await files()).toHaveLength(LISTS.length - 1);
  });

  it('says so when the list of before is still there', async () => {
    const { lists } = summaryOf(await run(['warm', '--json', '-q'], { env: env() }));
    const before = lists.find(({ name }) => name === 'charts')?.asOf ?? '';
    mode.faults.inject({ match: '/batch/acme/charts', kind: 'html200' });
    const { code, stderr } = await run(['warm', '-q'], { env: env() });
    expect(code).toBe(1);
    expect(stderr).toContain(`error: charts could not be read anew; that of ${before} is still there (`);
  });

  it('exits 1 when it cannot keep what it has read', async () => {
    await writeFile(join(folder, 'file'), '');
    const warmed = await run(['warm', '--json', '-q'], {
      env: { ...env(), CATALOG_DIR: join(folder, 'file', 'below') },
    });
    expect(warmed.code).toBe(1);
    expect(summaryOf(warmed).lists.map(({ state, error }) => [state, error?.code])).toEqual(
      LISTS.map(() => ['missing', 'NOT_STORED']),
    );
  });

  it('says that there is nothing to warm where Discovery is off, and makes no call', async () => {
    const off = { ...envFor(mode), CATALOG_DIR: join(folder, 'catalog') };
    const [text, json] = await Promise.all([run(['warm'], { env: off }), run(['warm', '--json'], { env: off })]);
    expect({ code: text.code, stdout: text.stdout }).toEqual({ code: 0, stdout: '' });
    expect(text.stderr).toMatch(
      /^Discovery is off \(MODE_DISCOVERY, MODE_DISCOVERY_TOKEN\): there is nothing to warm\..+\n$/,
    );
    expect([json.code, summaryOf(json)]).toMatchObject([0, { discovery: false, complete: true, lists: [] }]);
    expect(mode.ledger.entries).toEqual([]);
  });

  it('exits 1 before the first call when there is nowhere to keep a catalog', async () => {
    const { code, stdout, stderr } = await run(['warm'], { env: { ...env(), CATALOG_DIR: 'off' } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^CATALOG_DIR is off, .+\n$/);
    expect(mode.ledger.entries).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s ends at once with %d, prints nothing and deletes the token it minted', async (signal, code) => {
    mode.hold('/batch/acme/reports');
    mode.hold('/batch/acme/charts');
    const command = new Command(['warm', '--json'], { env: { ...env(), MODE_DISCOVERY: 'mint' } });
    await until(() => mode.held === 2);
    command.signal(signal);
    expect([await command.exit, command.stdout]).toEqual([code, '']);
    expect(deleted()).toEqual([true]);
    // What it had read until then is kept, and whole.
    expect(await files()).not.toEqual([]);
    expect((await files()).filter((name) => !name.endsWith('.catalog'))).toEqual([]);
    expect(mode.ledger.entries.at(-1)?.method).toBe('DELETE');
  });

  it('ends at a second Ctrl-C, when even the deletion takes its time', async () => {
    mode.hold('/batch/acme/reports');
    mode.hold(/signature_tokens\/./);
    const command = new Command(['warm'], { env: { ...env(), MODE_DISCOVERY: 'mint' } });
    await until(() => mode.held === 1);
    command.signal('SIGINT');
    await until(() => mode.ledger.calls({ method: 'DELETE' }).length === 1);
    command.signal('SIGINT');
    expect(await command.exit).toBe(130);
  });
});
