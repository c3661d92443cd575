import type { Gateway } from '../../src/gateway.ts';
import type { Timeline } from '../../src/loading/timeline.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, askFresh, envFor, gatewayOver, post, startSmallMode, type Answer } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const REPORTS = 'query ($tokens: [String!]!) { reports(tokens: $tokens) { name } }';
const LATENCY_MS = 100;

interface Asked {
  readonly upstream: NonNullable<Answer['extensions']>['upstream'];
  readonly timeline: Timeline | undefined;
}

describe('the bill of a question asked with X-Gateway-Timeline', () => {
  let mode: Simulator;
  let clock: SteppingClock;
  let gateway: Gateway;

  const open = async (reports: number): Promise<void> => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock, size: { reports }, behaviour: { latencyMs: LATENCY_MS } });
    const roomy = { MAX_PAGE_SIZE: '1000', MAX_UPSTREAM_CALLS: '1000', OPERATION_TIMEOUT: '120s' };
    gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s', ...roomy }, { clock });
  };

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const tokens = (count: number) => mode.world.reports.slice(0, count).map(({ token }) => token);

  const askWith = async (headers: Record<string, string>, count: number): Promise<Asked> => {
    const request = post(REPORTS, { tokens: tokens(count) });
    const all = { ...(request.headers as Record<string, string>), ...headers };
    const fetched = async () => gateway.yoga.fetch('http://gateway/graphql', { ...request, headers: all });
    const response = await clock.drive(fetched(), mode, gateway);
    const { extensions } = (await response.json()) as Answer;
    if (!extensions) throw new Error('the answer has no bill');
    return { upstream: extensions.upstream, timeline: (extensions.upstream as { timeline?: Timeline }).timeline };
  };

  it('lists every call of the ledger: which API, when it was asked for, how long it waited and took', async () => {
    await open(100);
    const begun = clock.now();
    const { upstream, timeline } = await askWith({ 'x-gateway-timeline': 'true' }, 60);
    expect(upstream.calls).toEqual({ rest: 60, discovery: 0 });

    const sent = (timeline?.calls ?? []).map((call) => ({
      api: call.api,
      at: call.askedMs + call.waitedMs,
      tookMs: call.tookMs,
      status: call.status,
    }));
    const served = mode.ledger.entries.map((entry) => ({
      api: entry.api,
      at: entry.at - begun,
      tookMs: (entry.answeredAt ?? NaN) - entry.at,
      status: entry.status,
    }));
    const byTime = (one: { at: number }, other: { at: number }): number => one.at - other.at;
    expect(sent.sort(byTime)).toEqual(served.sort(byTime));
    expect(new Set(timeline?.calls.map(({ what }) => what))).toEqual(new Set(['/reports/{report}']));
    expect(timeline?.leftOut).toBe(0);
    // 40 go in the first window, four at a time; the others are let go as that one passes.
    expect(served.filter(({ at }) => at >= 10_000)).toHaveLength(20);
    expect(timeline?.calls.filter(({ waitedMs }) => waitedMs >= 9_000)).toHaveLength(20);
  });

  it('says when it waited, and for as long as the bill says', async () => {
    await open(100);
    const { upstream, timeline } = await askWith({ 'x-gateway-timeline': '1' }, 60);
    const waits = timeline?.waits ?? [];
    expect(waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(upstream.waitedMs);
    expect(upstream.waitedMs).toBeGreaterThanOrEqual(9_000);
  });

  it('lists a call that was refused, and the one made in its place', async () => {
    await open(10);
    mode.faults.inject({ match: tokens(1)[0] ?? '', kind: 'status429', retryAfter: '3', times: 1 });
    const { upstream, timeline } = await askWith({ 'x-gateway-timeline': 'true' }, 1);
    expect(upstream.calls.rest).toBe(2);
    expect(timeline?.calls.map(({ status }) => status)).toEqual([429, 200]);
    expect(timeline?.calls[1]?.waitedMs).toBeGreaterThanOrEqual(3_000);
  });

  it('holds 200 calls, and says how many it leaves out', async () => {
    await open(240);
    const { upstream, timeline } = await askWith({ 'x-gateway-timeline': 'true' }, 230);
    expect(upstream.calls.rest).toBe(230);
    expect([timeline?.calls.length, timeline?.leftOut]).toEqual([200, 30]);
  });

  it('is not there unless it is asked for', async () => {
    await open(10);
    for (const headers of [{}, { 'x-gateway-timeline': 'false' }, { 'x-gateway-timeline': '' }]) {
      expect((await askWith(headers as Record<string, string>, 2)).upstream).not.toHaveProperty('timeline');
    }
    const plain = await clock.drive(ask(gateway, REPORTS, { tokens: tokens(3) }), mode, gateway);
    const fresh = await clock.drive(askFresh(gateway, 'no-cache', REPORTS, { tokens: tokens(3) }), mode, gateway);
    for (const { extensions } of [plain, fresh]) expect(extensions?.upstream).not.toHaveProperty('timeline');
  });
});
