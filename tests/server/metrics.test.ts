import { readFileSync } from 'node:fs';
import type { Gateway } from '../../src/gateway.ts';
import { createMetrics } from '../../src/server/metrics/metrics.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import {
  ask,
  askAt,
  envFor,
  envWithDiscovery,
  gatewayOver,
  post,
  serve,
  startSmallMode,
  until,
  type Env,
} from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** What /metrics says, as `name{labels} -> value`, and every name it speaks of. */
class Scrape {
  readonly values = new Map<string, number>();
  readonly names = new Set<string>();

  constructor(readonly text: string) {
    for (const line of text.split('\n')) {
      const [, name, labels = '', value] = /^(\w+)(\{.*\})? (\S+)$/.exec(line) ?? [];
      if (name !== undefined) this.values.set(name.replace(/^mode_graphql_/, '') + labels, Number(value));
      const [, described] = /^# TYPE (\w+)/.exec(line) ?? [];
      if (described !== undefined) this.names.add(described);
    }
  }

  value(series: string): number | undefined {
    return this.values.get(series);
  }
}

describe('/metrics', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeEach(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envWithDiscovery(mode));
  });

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const scrape = async (of = gateway): Promise<Scrape> => {
    const response = await of.yoga.fetch('http://gateway/metrics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    return new Scrape(await response.text());
  };

  it('counts questions by how they ended, and errors by code', async () => {
    await ask(gateway, '{ workspace { name } }');
    await ask(gateway, '{ workspace { name } }');
    await ask(gateway, '{ nope also }');
    await ask(gateway, '{ nope');
    mode.faults.inject({ match: /data_sources/, kind: 'status403' });
    await ask(gateway, '{ workspace { username dataSources { nodes { name } } } }');
    const { values } = await scrape();
    const counted = Object.fromEntries([...values].filter(([name]) => /^operation(s|_errors)_total/.test(name)));
    expect(counted).toEqual({
      'operations_total{type="query",outcome="ok"}': 2,
      'operations_total{type="query",outcome="refused"}': 1,
      'operations_total{type="unknown",outcome="refused"}': 1,
      'operations_total{type="query",outcome="partial"}': 1,
      'operation_errors_total{code="GRAPHQL_VALIDATION_FAILED"}': 2,
      'operation_errors_total{code="GRAPHQL_PARSE_FAILED"}': 1,
      'operation_errors_total{code="UPSTREAM_FORBIDDEN"}': 1,
    });
    expect(values.get('operation_duration_seconds_count{outcome="ok"}')).toBe(2);
  });

  it('counts the calls that the ledger counts, and what became of them', async () => {
    mode.faults.inject({ match: /data_sources/, kind: 'status500', times: 1 });
    mode.faults.inject({ match: /api\/acme$/, kind: 'status429', times: 1, retryAfter: '0' });
    mode.faults.inject({ match: /data_sources/, kind: 'reset', times: 1 });
    await ask(
      gateway,
      '{ workspace { name reports { totalCount } members { totalCount } dataSources { totalCount } } }',
    );
    const seen = await scrape();
    const calls = [...seen.values].filter(([name]) => name.startsWith('upstream_calls_total'));
    expect(calls.reduce((sum, [, times]) => sum + times, 0)).toBe(mode.ledger.entries.length);
    const of = (status: string, outcome: string, api = 'REST'): number | undefined =>
      seen.value(`upstream_calls_total{api="${api}",status="${status}",outcome="${outcome}"}`);
    expect([of('5xx', 'answered'), of('429', 'answered'), of('none', 'failed')]).toEqual([1, 1, 1]);
    expect(of('2xx', 'answered', 'DISCOVERY')).toBe(mode.ledger.calls({ api: 'DISCOVERY' }).length);
    expect(seen.value('upstream_resends_total{api="REST"}')).toBe(3);
    expect(seen.value('throttle_wait_seconds_count{api="REST"}')).toBe(mode.ledger.calls({ api: 'REST' }).length);
    expect(seen.value('upstream_call_duration_seconds_count{api="DISCOVERY"}')).toBe(
      of('2xx', 'answered', 'DISCOVERY'),
    );
    expect(seen.value('operation_upstream_calls_sum{api="REST"}')).toBe(mode.ledger.calls({ api: 'REST' }).length);
  });

  it('counts calls that took too long, and those that nobody wanted any more', async () => {
    const hasty = gatewayOver({ ...envFor(mode), MODE_TIMEOUT: '30ms' });
    mode.faults.inject({ match: '/api/acme', kind: 'slow', delayMs: 600_000 });
    await ask(hasty, '{ workspace { name } }');
    expect((await scrape(hasty)).value('upstream_calls_total{api="REST",status="none",outcome="timeout"}')).toBe(3);

    const server = await serve(gateway);
    mode.ledger.clear();
    const hangUp = new AbortController();
    const asked = fetch(`${server.url}/graphql`, { ...post('{ workspace { name } }'), signal: hangUp.signal });
    await until(() => mode.ledger.entries.length === 1);
    hangUp.abort();
    await expect(asked).rejects.toThrow();
    await until(() => gateway.throttle.state().running === 0);
    expect((await scrape()).value('upstream_calls_total{api="REST",status="none",outcome="cut"}')).toBe(1);
    await until(() => mode.ledger.entries[0]?.aborted === true);
    expect((await scrape()).value('operations_total{type="query",outcome="aborted"}')).toBe(1);
    await server.stop();
  });

  it('shows how the throttle stands', async () => {
    const narrow = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '7/10m', MODE_CONCURRENCY: '2' });
    await ask(narrow, '{ workspace { name members { totalCount } } }');
    const used = mode.ledger.entries.length;
    const before = await scrape(narrow);
    expect(before.value('window_limit_calls{budget="shared"}')).toBe(7);
    expect(before.value('window_remaining_calls{budget="shared"}')).toBe(7 - used);
    expect(before.value('throttle_concurrency_calls{budget="shared"}')).toBe(2);
    expect(before.value('throttle_paused{budget="shared"}')).toBe(0);
    expect(before.value('throttle_shared{budget="shared"}')).toBe(0);
    narrow.throttle.refused('600');
    const after = await scrape(narrow);
    expect(after.value('throttle_paused{budget="shared"}')).toBe(1);
    expect(after.value('throttle_concurrency_calls{budget="shared"}')).toBe(1);
    expect(after.value('throttle_estimated_wait_seconds{budget="shared"}')).toBeGreaterThan(500);
  });

  it('shows each budget once, where both APIs count apart', async () => {
    const apart = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '7/10s', MODE_DISCOVERY_RATE_LIMIT: '3/1s' });
    const { values } = await scrape(apart);
    expect([...values].filter(([name]) => name.startsWith('window_limit_calls'))).toEqual([
      ['window_limit_calls{budget="rest"}', 7],
      ['window_limit_calls{budget="discovery"}', 3],
    ]);
  });

  it('shows how old the catalog’s lists are, those that were never read without an age', async () => {
    const clock = new ShiftedClock();
    const aged = gatewayOver(envWithDiscovery(mode), { clock });
    expect((await scrape(aged)).text).not.toContain('catalog_list_age_seconds{');
    await aged.catalog.refresh('reports', {});
    clock.skip(90_000);
    const seen = await scrape(aged);
    expect(seen.value('catalog_list_age_seconds{list="reports"}')).toBeGreaterThanOrEqual(90);
    expect(seen.value('catalog_list_age_seconds{list="charts"}')).toBeUndefined();
    expect(seen.value('catalog_list_rows{list="reports"}')).toBe(aged.catalog.peek('reports')?.rows.length);
    expect(seen.value('catalog_list_reading{list="reports"}')).toBe(0);
    await aged.dispose();
  });

  it('is of one gateway alone, though others run in the same process', async () => {
    const other = gatewayOver(envFor(mode));
    await ask(gateway, '{ workspace { name } }');
    expect((await scrape(other)).text).not.toContain('operations_total{');
    expect((await scrape()).value('operations_total{type="query",outcome="ok"}')).toBe(1);
  });

  it('has no label that a caller could fill', async () => {
    for (let n = 0; n < 30; n++) await ask(gateway, `query Marked${n} { workspace { name } }`);
    const { text } = await scrape();
    expect(text).not.toContain('Marked');
    expect([...text.matchAll(/^mode_graphql_operations_total/gm)]).toHaveLength(1);
  });

  it('is described, metric by metric, in docs/observability.md', async () => {
    const page = readFileSync('docs/observability.md', 'utf8');
    const rows = [...page.matchAll(/^\| `(mode_graphql_\w+)` +\| (\w+) +\| ([^|]+)/gm)].map(
      ([, name, type, labels = '']) => [name, type, [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label)],
    );
    const { text, names } = await scrape();
    const own = createMetrics(new VirtualClock(), '0');
    own.watch({ throttles: gateway.throttles, catalog: gateway.catalog });
    const types = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]));
    expect(rows.map(([name]) => name)).toEqual(own.names());
    expect(rows.map(([name, type]) => [name, type])).toEqual(own.names().map((name) => [name, types.get(name)]));
    const ofProcess = [...names].filter((name) => !own.names().includes(name));
    expect(ofProcess.filter((name) => !/^mode_graphql_(process|nodejs)_/.test(name))).toEqual([]);
    for (const [name = ''] of page.matchAll(/mode_graphql_(process|nodejs)_\w+/g)) expect(ofProcess).toContain(name);
  });
});

describe('who may read /metrics', () => {
  let mode: Simulator;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  afterEach(() => server.stop());
  afterAll(() => mode.close());

  const statusOf = async (env: Env, init: RequestInit = {}): Promise<number> => {
    server = await serve(gatewayOver({ ...envFor(mode), ...env }));
    const response = await fetch(`${server.url}/metrics`, init);
    await response.text();
    return response.status;
  };

  it('is everybody who may ask: where there are keys, those who have one', async () => {
    expect(await statusOf({})).toBe(200);
    await server.stop();
    const keys = { GATEWAY_API_KEYS: 'a-good-key' };
    expect(await statusOf(keys)).toBe(401);
    await server.stop();
    expect(await statusOf(keys, { headers: { authorization: 'Bearer a-bad-key' } })).toBe(401);
    await server.stop();
    expect(await statusOf(keys, { headers: { authorization: 'Bearer a-good-key' } })).toBe(200);
  });

  it('is nobody when it is off', async () => {
    expect(await statusOf({ METRICS: 'off' })).toBe(404);
    expect((await askAt(server.url, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it('is nobody who wants to write, nor a page of another site', async () => {
    expect(await statusOf({}, { method: 'POST' })).toBe(405);
    await server.stop();
    expect(await statusOf({}, { headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
  });
});

it('a code that is no code, and every code after the fiftieth, is counted as another', async () => {
  const metrics = createMetrics(new VirtualClock(), '0');
  const codes = new Map([
    ['not a code', 1],
    ...Array.from({ length: 60 }, (_, n) => [`CODE_${'A'.repeat(n + 1)}`, 1] as const),
  ]);
  const request = new Request('http://gateway/graphql');
  metrics.onOperation({
    ...{ request, requestId: 'r', caller: 'c', name: undefined, type: 'query', outcome: 'error', codes },
    ...{ status: 200, durationMs: 1, bill: undefined },
  });
  const { values } = new Scrape(await metrics.print());
  const counted = [...values].filter(([name]) => name.startsWith('operation_errors_total'));
  expect(counted).toHaveLength(51);
  expect(values.get('operation_errors_total{code="OTHER"}')).toBe(11);
});
