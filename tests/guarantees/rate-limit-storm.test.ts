import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';
import { inOrder } from '../support/world-order.ts';

describe('when Mode refuses everything for a while', () => {
  let mode: Simulator;
  let clock: SteppingClock;

  beforeEach(async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock });
  });

  afterEach(() => mode.close());

  const asking = (gateway: Gateway, query: string) => clock.drive(ask(gateway, query), mode, gateway);

  it('sits out 12 seconds of 429 without a hint: every question is answered in full, no call is answered twice', async () => {
    const gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s' }, { clock });
    const asked = mode.world.reports.slice(0, 10);
    mode.behaviour.refuseEverythingUntil = clock.now() + 12_000;

    const answers = await clock.drive(
      Promise.all(
        asked.map((report) =>
          ask(
            gateway,
            'query ($token: String!) { report(token: $token) { name queries(first: 100) { nodes { sql } } } }',
            {
              token: report.token,
            },
          ),
        ),
      ),
      mode,
      gateway,
    );

    expect(answers.map((answer) => ({ data: answer.data, errors: answer.errors }))).toEqual(
      asked.map((report) => ({
        data: {
          report: {
            name: report.name,
            queries: {
              nodes: inOrder(mode.world.liveQueries(report.token), (row) => row.name).map((row) => ({
                sql: row.rawQuery,
              })),
            },
          },
        },
        errors: undefined,
      })),
    );
    expect(mode.ledger.calls({ status: 429 }).length).toBeGreaterThan(0);
    expect([...mode.ledger.duplicates()]).toEqual([]);
  });

  it('does not hammer: between two bursts of refused calls lies a whole window', async () => {
    const gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s', MODE_CONCURRENCY: '1' }, { clock });
    mode.behaviour.refuseEverythingUntil = clock.now() + 12_000;

    const answer = await asking(gateway, '{ workspace { name } }');

    expect(answer.errors).toBeUndefined();
    const [first, second, third] = mode.ledger.entries;
    expect(mode.ledger.entries.map((entry) => entry.status)).toEqual([429, 429, 200]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
    expect(answer.extensions?.upstream.calls.rest).toBe(3);
    expect(answer.extensions?.upstream.waitedMs).toBe(20_000);
  });

  it('tells the caller when to come back from a hint beyond reason, asks nothing meanwhile, and answers afterwards', async () => {
    const gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s' }, { clock });
    mode.faults.inject({ match: /\/api\/acme$/, kind: 'status429', retryAfter: '86400', times: 1 });

    const refused = await asking(gateway, '{ workspace { name username } }');
    expect(refused.data).toEqual({ workspace: { name: null, username: 'acme' } });
    expect(codes(refused)).toEqual(['UPSTREAM_RATE_LIMITED']);
    expect(refused.errors?.[0]?.path).toEqual(['workspace', 'name']);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ retryable: true });
    expect(Number(refused.errors?.[0]?.extensions?.retryAfter)).toBeGreaterThan(590);

    const meanwhile = await asking(gateway, '{ workspace { name } }');
    expect(codes(meanwhile)).toEqual(['UPSTREAM_RATE_LIMITED']);
    expect(mode.ledger.entries).toHaveLength(1);

    clock.skip(600_000);
    const afterwards = await asking(gateway, '{ workspace { name } }');
    expect(afterwards.data).toEqual({ workspace: { name: mode.world.workspace.name } });
  });
});
