import type { FaultKind, SimReport, Simulator } from '../../src/simulator/index.ts';
import type { Gateway } from '../../src/gateway.ts';
import { ask, codes, envFor, gatewayOver, IMPATIENT, startSmallMode, type Env } from '../support/gateway.ts';
import { some } from '../support/world-order.ts';

const QUESTION = `query ($tokens: [String!]!) {
  reports(tokens: $tokens) { token queries(first: 100) { nodes { token } } }
}`;

/** `null`: Mode's word for "not there", which is an answer. Kinds that pass are repeated, the others are believed. */
const KINDS: readonly { kind: FaultKind; code: string | null; attempts: number }[] = [
  { kind: 'status500', code: 'UPSTREAM_UNAVAILABLE', attempts: 3 },
  { kind: 'html502', code: 'UPSTREAM_UNAVAILABLE', attempts: 3 },
  { kind: 'truncated', code: 'UPSTREAM_UNAVAILABLE', attempts: 3 },
  { kind: 'reset', code: 'UPSTREAM_UNAVAILABLE', attempts: 3 },
  { kind: 'slow', code: 'UPSTREAM_TIMEOUT', attempts: 3 },
  { kind: 'status429', code: 'UPSTREAM_RATE_LIMITED', attempts: 10 },
  { kind: 'html200', code: 'UPSTREAM_INVALID_RESPONSE', attempts: 1 },
  { kind: 'truncatedJson', code: 'UPSTREAM_INVALID_RESPONSE', attempts: 1 },
  { kind: 'status401', code: 'UPSTREAM_UNAUTHENTICATED', attempts: 1 },
  { kind: 'status403', code: null, attempts: 1 },
  { kind: 'status404', code: null, attempts: 1 },
];

describe('a fault at Mode', () => {
  let mode: Simulator;
  let gateway: Gateway;
  let reports: SimReport[];
  const unforeseen: unknown[] = [];

  beforeAll(async () => {
    mode = await startSmallMode();
    reports = mode.world.reports.filter((row) => mode.world.liveQueries(row.token).length > 0).slice(0, 4);
  });

  beforeEach(() => {
    mode.faults.clear();
    mode.ledger.clear();
    unforeseen.length = 0;
    gateway = over();
  });

  afterEach(() => expect(unforeseen).toEqual([]));

  afterAll(() => mode.close());

  const over = (env: Env = {}) =>
    gatewayOver({ ...envFor(mode), ...env }, { reportError: (error) => unforeseen.push(error) });
  const victim = () => some(reports.slice(1)).token;
  const honest = (report: SimReport) => ({
    token: report.token,
    queries: {
      nodes: expect.arrayContaining(mode.world.liveQueries(report.token).map(({ token }) => ({ token }))) as unknown,
    },
  });
  const askAll = () => ask(gateway, QUESTION, { tokens: reports.map((row) => row.token) });

  it.each(KINDS)(
    'of the kind $kind on one report for ever fails that report alone, with $code',
    async ({ kind, code, attempts }) => {
      if (kind === 'slow') gateway = over(IMPATIENT);
      mode.faults.inject({ match: `/reports/${victim()}/queries`, kind, delayMs: 60_000 });

      const answer = await askAll();

      const place = reports.findIndex((row) => row.token === victim());
      expect(answer.data).toEqual({
        reports: reports.map((row) => (row.token === victim() ? { token: row.token, queries: null } : honest(row))),
      });
      expect(answer.errors?.map(({ path, extensions }) => ({ path, code: extensions?.code })) ?? []).toEqual(
        code === null ? [] : [{ path: ['reports', place, 'queries'], code }],
      );
      expect(mode.ledger.calls({ path: `/reports/${victim()}/queries` })).toHaveLength(attempts);
      expect(mode.ledger.entries).toHaveLength(2 * reports.length - 1 + attempts);

      mode.faults.clear();
      const next = await ask(gatewayOver(envFor(mode)), '{ workspace { name } }');
      expect(next.data).toEqual({ workspace: { name: mode.world.workspace.name } });
    },
  );

  it.each(KINDS.filter(({ attempts }) => attempts > 1))(
    'of the kind $kind that passes is healed by one more call',
    async ({ kind }) => {
      if (kind === 'slow') gateway = over(IMPATIENT);
      mode.faults.inject({ match: `/reports/${victim()}/queries`, kind, delayMs: 60_000, times: 1 });

      const answer = await askAll();

      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({ reports: reports.map(honest) });
      expect(mode.ledger.entries).toHaveLength(2 * reports.length + 1);
      expect(answer.extensions?.upstream.calls.rest).toBe(2 * reports.length + 1);
      expect([...mode.ledger.duplicates().keys()]).toEqual(
        kind === 'truncated' ? [expect.stringContaining(victim())] : [],
      );
    },
  );

  it.each(KINDS.filter(({ attempts }) => attempts === 1))(
    'of the kind $kind is believed the first time, and forgotten with the question',
    async ({ kind }) => {
      mode.faults.inject({ match: `/reports/${victim()}/queries`, kind, times: 1 });

      expect((await askAll()).data).not.toEqual({ reports: reports.map(honest) });
      expect((await askAll()).data).toEqual({ reports: reports.map(honest) });
    },
  );

  it('names the endpoint and whether to ask again, and never a token, an address or a piece of the answer', async () => {
    mode.faults.inject({ match: '/queries', kind: 'html502', body: '<h1>internal-host-17</h1>' });

    const answer = await askAll();

    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      api: 'REST',
      endpoint: '/reports/{report}/queries',
      retryable: true,
    });
    const text = JSON.stringify(answer.errors);
    expect(text).not.toContain('internal-host-17');
    expect(text).not.toContain(mode.url);
    for (const report of reports) expect(text).not.toContain(report.token);
  });

  it('of one lookup table leaves everything else answered', async () => {
    mode.faults.inject({ match: '/memberships/lite', kind: 'status500' });

    const answer = await ask(gateway, '{ workspace { username collections { nodes { token creator { name } } } } }');

    expect(new Set(codes(answer))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    expect(mode.ledger.calls({ path: '/memberships/lite' })).toHaveLength(3);
    expect(answer.data).toMatchObject({
      workspace: { username: 'acme', collections: { nodes: mode.world.collections.map(() => ({ creator: null })) } },
    });
  });
});
