import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, codes, envFor, gatewayOver, post, startSmallMode, type Answer } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const REPORTS = 'query ($tokens: [String!]!) { reports(tokens: $tokens) { name } }';

describe('T2: a question has its time, and ends in it', () => {
  let mode: Simulator;
  let clock: SteppingClock;
  let gateway: Gateway;

  beforeEach(async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock, size: { reports: 400 }, behaviour: { latencyMs: 100 } });
  });

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const open = (env: Record<string, string> = {}) => {
    // Questions here are to run out of time, not to be refused for it beforehand.
    const roomy = { MAX_PAGE_SIZE: '1000', MAX_UPSTREAM_CALLS: '1000' };
    gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s', ...roomy, ...env }, { clock });
  };

  const askWith = async (headers: Record<string, string>, query: string, variables = {}) => {
    const request = post(query, variables);
    const all = { ...(request.headers as Record<string, string>), ...headers };
    const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers: all });
    return { response, answer: (await response.json()) as Answer };
  };

  const tokens = (count: number) => mode.world.reports.slice(0, count).map(({ token }) => token);

  it('answers what there is budget for, and says of the rest at once that there is none, and when there will be', async () => {
    open({ OPERATION_TIMEOUT: '15s' });
    const begun = clock.now();
    const { response, answer } = await clock.drive(askWith({}, REPORTS, { tokens: tokens(300) }), mode, gateway);
    expect(response.status).toBe(200);
    const names = (answer.data as { reports: ({ name: string | null } | null)[] }).reports;
    // 40 at once and 40 after ten seconds; of one that is answered late the stamp, and so the next, comes late too.
    expect(names.filter((row) => row !== null)).toHaveLength(80);
    expect(names.slice(0, 80).map((row) => row?.name)).toEqual(mode.world.reports.slice(0, 80).map(({ name }) => name));
    expect(new Set(codes(answer))).toEqual(new Set(['UPSTREAM_BUDGET_EXHAUSTED']));
    expect(answer.errors).toHaveLength(220);
    expect(clock.now() - begun).toBeLessThan(15_000);
    expect(mode.ledger.entries).toHaveLength(80);
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBe(Math.max(...(answer.errors ?? []).map(({ extensions }) => Number(extensions?.retryAfter))));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(30);
    expect(gateway.throttle.state()).toMatchObject({ queued: 0, running: 0 });
  });

  it('and who comes back after that time gets it', async () => {
    open({ OPERATION_TIMEOUT: '5s' });
    const first = await clock.drive(askWith({}, REPORTS, { tokens: tokens(40) }), mode, gateway);
    expect(first.answer.errors).toBeUndefined();
    const refused = await clock.drive(askWith({}, REPORTS, { tokens: tokens(5) }), mode, gateway);
    expect(codes(refused.answer)).toHaveLength(5);
    clock.skip(Number(refused.response.headers.get('retry-after')) * 1_000);
    const again = await clock.drive(askWith({}, REPORTS, { tokens: tokens(5) }), mode, gateway);
    expect(again.answer.errors).toBeUndefined();
    expect(again.response.headers.get('retry-after')).toBeNull();
    expect(mode.ledger.entries).toHaveLength(45);
  });

  it.each([
    ['wait=5', 40],
    ['respond-async, wait="5"', 40],
    ['wait=100000', 120],
    ['wait=soon', 120],
  ])('lets a caller ask for less time, and never for more (Prefer: %s)', async (prefer, answered) => {
    open({ OPERATION_TIMEOUT: '25s' });
    const { answer } = await clock.drive(askWith({ prefer }, REPORTS, { tokens: tokens(200) }), mode, gateway);
    expect(answer.errors).toHaveLength(200 - answered);
    expect(mode.ledger.entries).toHaveLength(answered);
  });

  it('does not wait longer than its time for a call that is under way', async () => {
    open({ OPERATION_TIMEOUT: '3s' });
    mode.faults.inject({ match: `reports/${tokens(1)[0] ?? ''}`, kind: 'slow', delayMs: 20_000 });
    const begun = clock.now();
    const { answer } = await clock.drive(askWith({}, REPORTS, { tokens: tokens(3) }), mode, gateway);
    expect(clock.now() - begun).toBe(3_000);
    expect(codes(answer)).toEqual(['UPSTREAM_TIMEOUT']);
    expect(answer.errors?.[0]).toMatchObject({
      path: ['reports', 0],
      extensions: { retryable: true, api: 'REST', endpoint: '/reports/{report}' },
    });
    expect((answer.data as { reports: unknown[] }).reports.slice(1)).not.toContain(null);
  });

  it('gives the one place that is left to who has time, and tells the other at once', async () => {
    open();
    await clock.drive(askWith({}, REPORTS, { tokens: tokens(40) }), mode, gateway);
    const begun = clock.now();
    const hasty = askWith({ prefer: 'wait=2' }, REPORTS, { tokens: tokens(1) });
    const patient = askWith({ prefer: 'wait=20' }, REPORTS, { tokens: tokens(1) });
    const ends = Promise.all([
      hasty.then(({ answer }) => [codes(answer), clock.now() - begun]),
      patient.then(({ answer }) => [codes(answer), clock.now() - begun]),
    ]);
    const [first, second] = await clock.drive(ends, mode, gateway);
    expect(first).toEqual([['UPSTREAM_BUDGET_EXHAUSTED'], expect.any(Number)]);
    expect(Number(first[1])).toBeLessThanOrEqual(2_000);
    expect(second).toEqual([[], expect.any(Number)]);
  });
});

describe('Query.rateLimit', () => {
  it('says what is left, who waits and how long, and costs nothing; so does every answer', async () => {
    const clock = new SteppingClock();
    const mode = await startSmallMode({ clock, size: { reports: 100 }, behaviour: { latencyMs: 100 } });
    const gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '40/10s' }, { clock });
    const question = '{ rateLimit { limit remaining resetsAt queued estimatedWaitSeconds paused concurrency scope } }';
    const now = () => new Date(clock.now()).toISOString();
    const idle = { limit: 40, queued: 0, estimatedWaitSeconds: 0, paused: false, concurrency: 4, scope: 'PROCESS' };
    const fresh = await ask(gateway, question);
    expect(fresh.data).toEqual({ rateLimit: { ...idle, remaining: 40, resetsAt: now() } });
    expect(fresh.extensions?.upstream.rateLimit).toEqual({ ...idle, remaining: 40, resetsAt: now() });

    const tokens = mode.world.reports.slice(0, 60).map(({ token }) => token);
    const busy = clock.drive(ask(gateway, REPORTS, { tokens }), mode, gateway);
    while (mode.ledger.entries.length < 40) await new Promise((resolve) => setImmediate(resolve));
    const meanwhile = await ask(gateway, question);
    expect(meanwhile.data).toMatchObject({ rateLimit: { remaining: 0, paused: false } });
    const { queued, estimatedWaitSeconds } = (meanwhile.data as { rateLimit: Record<string, number> }).rateLimit;
    expect(queued).toBeGreaterThanOrEqual(16);
    // Behind those who wait already, but in the same window.
    expect(estimatedWaitSeconds).toBeGreaterThan(8);
    expect(estimatedWaitSeconds).toBeLessThanOrEqual(10);
    const after = await busy;
    expect(after.errors).toBeUndefined();
    expect(after.extensions?.upstream.rateLimit).toMatchObject({ limit: 40, queued: 0 });
    // Of the first forty those answered least long ago still count.
    expect(after.extensions?.upstream.rateLimit.remaining).toBeGreaterThan(0);
    expect(after.extensions?.upstream.rateLimit.remaining).toBeLessThanOrEqual(20);
    expect(mode.ledger.entries).toHaveLength(60);

    gateway.throttle.refused('5');
    expect((await ask(gateway, question)).data).toMatchObject({
      rateLimit: { remaining: 0, paused: true, queued: 0, estimatedWaitSeconds: 5, concurrency: 2 },
    });
    await gateway.dispose();
    await mode.close();
  });
});
