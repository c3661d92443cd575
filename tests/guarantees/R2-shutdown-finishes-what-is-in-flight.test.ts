import { ask, askAt, envFor, envWithDiscovery, gatewayOver, post, until, type Env } from '../support/gateway.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { startHeldMode, type HeldMode } from '../support/held-mode.ts';

/** Long enough to fail the test by its timeout, should anything wait for it. */
const FOR_EVER = '10m';

const STOPPING = { errors: [{ message: expect.any(String) as string, extensions: { code: 'STOPPING' } }] };

describe('R2: a gateway that is told to stop', () => {
  let mode: HeldMode;
  let gateway: GatewayProcess | undefined;

  beforeEach(async () => {
    mode = await startHeldMode();
  });

  afterEach(async () => {
    gateway?.command.signal('SIGKILL');
    await gateway?.command.exit;
    gateway = undefined;
    await mode.close();
  });

  const start = async (env: Env): Promise<GatewayProcess> => {
    gateway = await startGatewayProcess({ ...envFor(mode), MODE_CONCURRENCY: '50', ...env });
    return gateway;
  };
  const isStopping = async ({ url }: GatewayProcess): Promise<boolean> => {
    const { status } = await fetch(`${url}/ready`);
    return status === 503;
  };
  const untilStopping = async (running: GatewayProcess): Promise<void> => {
    while (!(await isStopping(running))) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const tokens = (count: number): string[] => mode.world.reports.slice(0, count).map(({ token }) => token);
  const question = (token: string): string => `{ report(token: "${token}") { token archived name } }`;
  const right = (token: string): unknown => {
    const { archived, name } = mode.world.reportByToken.get(token) ?? {};
    return { report: { token, archived, name } };
  };
  const deleted = (): boolean[] => mode.signatureTokens.map(({ deletedAt }) => deletedAt !== undefined);

  it('answers the three slow questions it has, refuses new ones, deletes its token and ends with 0', async () => {
    // A refresh of the catalog that would never end is under way, too.
    mode.hold(/\/batch\/acme\/(?!signature)/);
    const running = await start({ MODE_DISCOVERY: 'mint', CATALOG_WARM: 'on', SHUTDOWN_TIMEOUT: FOR_EVER });
    await until(() => mode.ledger.calls({ api: 'DISCOVERY', method: 'GET' }).length > 0);
    mode.hold('/api/acme/reports/');
    const three = tokens(3);
    const answers = three.map((token) => askAt(running.url, question(token)));
    await until(() => mode.ledger.calls({ path: '/api/acme/reports/' }).length === 3);
    await fetch(`${running.url}/ready`);

    running.command.signal('SIGTERM');
    await untilStopping(running);

    const ready = await fetch(`${running.url}/ready`);
    expect(await ready.json()).toMatchObject({ ready: false, code: 'STOPPING' });
    expect((await fetch(`${running.url}/health`)).status).toBe(200);
    const refused = await fetch(`${running.url}/graphql`, post('{ __typename }'));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toEqual(STOPPING);
    // The refresh is cut, and what waited behind it is never asked.
    await until(() => mode.ledger.calls({ api: 'DISCOVERY', method: 'GET' }).every(({ aborted }) => aborted));
    expect(deleted()).toEqual([false]);
    const before = mode.ledger.entries.length;

    mode.release();
    expect((await Promise.all(answers)).map(({ data, errors }) => ({ data, errors }))).toEqual(
      three.map((token) => ({ data: right(token), errors: undefined })),
    );
    expect(await running.command.exit).toBe(0);
    expect(running.command.stderr).toContain('"msg":"stopped"');
    expect(deleted()).toEqual([true]);
    expect(mode.ledger.entries.slice(before).map(({ method }) => method)).toEqual(['DELETE']);
  });

  it('cuts a question that outlasts SHUTDOWN_TIMEOUT, says so to the caller, in the log and by ending with 1', async () => {
    const running = await start({ MODE_DISCOVERY: 'mint', CATALOG_WARM: 'off', SHUTDOWN_TIMEOUT: '50ms' });
    await askAt(running.url, '{ workspace { reports(first: 1, orderBy: { field: LAST_VIEWED_AT }) { totalCount } } }');
    expect(deleted()).toEqual([false]);
    mode.hold('/api/acme/reports/');
    const [token = ''] = tokens(1);
    const slow = fetch(`${running.url}/graphql`, post(question(token)));
    await until(() => mode.held === 1);

    running.command.signal('SIGTERM');

    const answer = await slow;
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([503, '1', STOPPING]);
    expect(await running.command.exit).toBe(1);
    expect(running.command.stderr).toMatch(/"cut":1,.*SHUTDOWN_TIMEOUT/);
    expect(deleted()).toEqual([true]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends at once when it is told a second time, by %s', async (signal) => {
    const running = await start({ SHUTDOWN_TIMEOUT: FOR_EVER });
    mode.hold('/api/acme/reports/');
    const [token = ''] = tokens(1);
    const slow = askAt(running.url, question(token)).catch(() => 'cut');
    await until(() => mode.held === 1);
    running.command.signal('SIGTERM');
    await untilStopping(running);

    running.command.signal(signal);

    expect(await running.command.exit).toBe(130);
    expect(await slow).toBe('cut');
  });

  it('does not wait for the rest of a catalog that nobody waits for', async () => {
    mode.hold(/\/batch\/acme\//);
    const { command } = await start({ ...envWithDiscovery(mode), CATALOG_WARM: 'on', SHUTDOWN_TIMEOUT: FOR_EVER });
    await until(() => mode.held > 0);
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
  });

  it('loses no question of a crowd for which it had asked Mode', async () => {
    const running = await start({ SHUTDOWN_TIMEOUT: FOR_EVER });
    const all = tokens(mode.world.reports.length);
    const answered = new Map<string, unknown>();
    const refusals: unknown[] = [];
    let isOver = false;
    const client = async (mine: readonly string[]): Promise<void> => {
      for (let at = 0; !isOver; at++) {
        const token = mine[at % mine.length] ?? '';
        try {
          const response = await fetch(`${running.url}/graphql`, post(question(token)));
          const body = (await response.json()) as { readonly data?: unknown };
          if (response.status === 200) answered.set(token, body.data);
          else refusals.push([response.status, body]);
        } catch {
          // Nobody listens any more.
          isOver = true;
        }
      }
    };
    const clients = Array.from({ length: 8 }, (_, at) => client(all.filter((_each, index) => index % 8 === at)));
    await until(() => mode.ledger.entries.length > 100);
    const before = new Set(answered.keys());
    mode.hold('/api/acme/reports/');
    await until(() => mode.held === 8);
    const asked = mode.ledger.entries.filter(({ answeredAt }) => answeredAt === undefined).map(({ path }) => path);
    answered.clear();

    running.command.signal('SIGTERM');
    await untilStopping(running);
    mode.release();
    await Promise.all(clients);

    expect(before.size).toBeGreaterThan(0);
    expect(answered.size).toBe(8);
    for (const [token, data] of answered) {
      expect(data).toEqual(right(token));
      expect(asked.some((path) => path.includes(token))).toBe(true);
    }
    for (const refusal of refusals) expect(refusal).toEqual([503, STOPPING]);
    expect(mode.ledger.entries.filter(({ aborted }) => aborted)).toEqual([]);
    expect(await running.command.exit).toBe(0);
  });

  it('stops within a library, too: what no person waits for is asked no more', async () => {
    const inside = gatewayOver({ ...envWithDiscovery(mode), CATALOG_MAX_AGE: '0s' });
    await inside.catalog.warm();
    inside.stopRefreshing();
    mode.ledger.clear();
    const answer = await ask(inside, '{ workspace { reports(first: 1) { totalCount } } }');
    expect(answer.data).toEqual({ workspace: { reports: { totalCount: mode.world.reports.length } } });
    await inside.catalog.warm();
    expect(mode.ledger.entries).toEqual([]);
    await inside.dispose();
  });
});
