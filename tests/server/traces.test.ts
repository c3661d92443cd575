import { join } from 'node:path';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../src/config/config.ts';
import type { Gateway } from '../../src/gateway.ts';
import { loadTracing, type Tracing } from '../../src/server/tracing/tracing.ts';
import { readTraceparent, writeTraceparent } from '../../src/server/tracing/traceparent.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { systemClock, type Clock } from '../../src/throttle/clock.ts';
import { Command, PROJECT, run } from '../support/command.ts';
import {
  ask,
  envFor,
  envWithDiscovery,
  gatewayOver,
  post,
  startSmallMode,
  until,
  type Env,
} from '../support/gateway.ts';
import { Collector, type CollectedSpan } from '../support/otlp-collector.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const SERVER = 2;
const CLIENT = 3;

const CALLERS = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const TRACEPARENT = `00-${CALLERS.traceId}-${CALLERS.spanId}-01`;

describe('traces', () => {
  let mode: Simulator;
  let collector: Collector;
  const warnings: string[] = [];

  beforeEach(async () => {
    mode = await startSmallMode();
    collector = await Collector.start();
    warnings.length = 0;
  });

  afterEach(async () => {
    await collector.close();
    await mode.close();
  });

  const load = (clock: Clock = systemClock, secrets: readonly string[] = []): Promise<Tracing> =>
    loadTracing({
      url: `${collector.url}/v1/traces`,
      headers: { 'x-collector-key': 'abc' },
      serviceName: 'gateway-under-test',
      serviceVersion: '1.2.3',
      secrets,
      clock,
      warn: (message) => warnings.push(message),
    });
  const traced = async (env: Env = envFor(mode)): Promise<Gateway> => gatewayOver(env, { tracing: await load() });
  const only = (spans: readonly CollectedSpan[]): CollectedSpan => {
    const [span, ...others] = spans;
    if (!span || others.length > 0) throw new Error(`${spans.length} spans instead of one`);
    return span;
  };
  const askTraced = (gateway: Gateway, query: string, headers: Record<string, string> = {}): Promise<Response> => {
    const { headers: usual, ...rest } = post(query);
    const init = { ...rest, headers: { ...(usual as object), ...headers } };
    return Promise.resolve(gateway.yoga.fetch('http://gateway/graphql', init));
  };

  it('are one for each question: its span, and below it one for each call to Mode', async () => {
    const gateway = await traced(envWithDiscovery(mode));
    await askTraced(
      gateway,
      'query Names { workspace { name reports(first: 2) { nodes { name queries { totalCount } } } } }',
      {
        'x-request-id': 'req-1',
      },
    );
    await gateway.dispose();

    const { spans } = collector;
    const question = only(spans.filter(({ kind }) => kind === SERVER));
    const calls = spans.filter(({ kind }) => kind === CLIENT);
    expect(question).toMatchObject({ name: 'query', parentSpanId: '', isError: false });
    expect(question.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Names',
      'mode_graphql.request_id': 'req-1',
      'mode_graphql.caller': 'everybody',
      'mode_graphql.outcome': 'ok',
      'mode_graphql.calls.rest': mode.ledger.calls({ api: 'REST' }).length,
      'mode_graphql.calls.discovery': mode.ledger.calls({ api: 'DISCOVERY' }).length,
      'mode_graphql.waited_seconds': expect.any(Number) as unknown,
    });
    expect(calls).toHaveLength(mode.ledger.entries.length);
    for (const call of calls) expect(call).toMatchObject({ traceId: question.traceId, parentSpanId: question.spanId });
    expect(new Set(calls.map(({ name }) => name))).toEqual(
      new Set(['GET /{workspace}', 'GET /batch/{workspace}/reports', 'GET /reports/{report}/queries']),
    );
    expect(calls.find(({ name }) => name === 'GET /{workspace}')?.attributes).toEqual({
      'http.request.method': 'GET',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(mode.url).port),
      'url.template': '/{workspace}',
      'mode_graphql.api': 'REST',
      'mode_graphql.throttle.waited_seconds': expect.any(Number) as unknown,
      'http.response.status_code': 200,
    });
    expect(collector.resources[0]).toMatchObject({ 'service.name': 'gateway-under-test', 'service.version': '1.2.3' });
    expect(collector.deliveries[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-collector-key': 'abc' } });
  });

  it('go on from the caller’s, and on to Mode', async () => {
    const gateway = await traced();
    const heard: string[] = [];
    const echo = createServer((request, response) => {
      heard.push(String(request.headers.traceparent));
      response.writeHead(500).end();
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const other = gatewayOver(
      { ...envFor(mode), MODE_BASE_URL: `http://127.0.0.1:${(echo.address() as AddressInfo).port}` },
      { tracing: await load() },
    );
    await askTraced(other, '{ workspace { name } }', { traceparent: TRACEPARENT });
    await Promise.all([gateway.dispose(), other.dispose()]);
    echo.close();

    const question = only(collector.spans.filter(({ kind }) => kind === SERVER));
    expect(question).toMatchObject({ traceId: CALLERS.traceId, parentSpanId: CALLERS.spanId });
    const calls = collector.spans.filter(({ kind }) => kind === CLIENT);
    expect(calls).toHaveLength(3);
    expect(heard).toEqual(calls.map(({ spanId }) => `00-${CALLERS.traceId}-${spanId}-01`));
    expect(calls.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1, 2]);
    for (const { isError, attributes } of calls) {
      expect([isError, attributes['error.type'], attributes['http.response.status_code']]).toEqual([true, '500', 500]);
    }
  });

  it('tell Mode nothing where nothing is traced', async () => {
    const heard: unknown[] = [];
    const echo = createServer((request, response) => {
      heard.push(request.headers.traceparent);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const gateway = gatewayOver({ ...envFor(mode), MODE_BASE_URL: url });
    await askTraced(gateway, '{ workspace { name } }', { traceparent: TRACEPARENT });
    expect(heard).toEqual([undefined]);
    await gateway.dispose();
    echo.close();
  });

  it('are not sent when the caller’s is not', async () => {
    const gateway = await traced();
    await askTraced(gateway, '{ workspace { name } }', { traceparent: TRACEPARENT.replace(/01$/, '00') });
    await askTraced(gateway, 'query Seen { workspace { name } }');
    await gateway.dispose();
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(collector.spans.some(({ traceId }) => traceId === CALLERS.traceId)).toBe(false);
  });

  it('link a call with every question that waited for it', async () => {
    const gateway = await traced();
    const held = mode.faults.inject({ match: /api\/acme$/, kind: 'slow', delayMs: 300, times: 1 });
    const first = ask(gateway, 'query First { workspace { name } }');
    await until(() => held.hits === 1);
    const second = ask(gateway, 'query Second { workspace { name } }');
    const third = ask(gateway, 'query Third { workspace { name } }');
    await Promise.all([first, second, third]);
    await gateway.dispose();
    const [one, two, three] = ['First', 'Second', 'Third'].map((name) =>
      only(collector.spans.filter(({ attributes }) => attributes['graphql.operation.name'] === name)),
    );
    const call = only(collector.spans.filter(({ kind }) => kind === CLIENT));
    expect(call).toMatchObject({ traceId: one?.traceId, parentSpanId: one?.spanId });
    expect([...call.links].sort()).toEqual([two?.spanId, three?.spanId].sort());
    expect([one?.links, two?.links, three?.links]).toEqual([[], [call.spanId], [call.spanId]]);
    expect(new Set([one?.traceId, two?.traceId, three?.traceId]).size).toBe(3);
  });

  it('are their own for what nobody in particular asked for', async () => {
    const gateway = await traced(envWithDiscovery(mode));
    await gateway.readiness.check();
    await gateway.catalog.warm(['reports']);
    await gateway.dispose();
    expect(collector.spans.map(({ name, parentSpanId, links }) => [name, parentSpanId, links])).toEqual([
      ['GET /verify', '', []],
      ['GET /batch/{workspace}/reports', '', []],
    ]);
  });

  it('say how long a call waited for its turn, and take the gateway’s time', async () => {
    const clock = new ShiftedClock();
    clock.skip(-86_400_000);
    const gateway = gatewayOver({ ...envFor(mode), MODE_RATE_LIMIT: '1/300ms' }, { clock, tracing: await load(clock) });
    await ask(gateway, '{ workspace { name dataSources { totalCount } } }');
    await gateway.dispose();
    const waits = collector.spans.map(({ attributes }) =>
      Number(attributes['mode_graphql.throttle.waited_seconds'] ?? 0),
    );
    expect(Math.max(...waits)).toBeGreaterThan(0.2);
    for (const { seconds } of collector.spans) expect(seconds).toBeGreaterThan(0);
    const question = only(collector.spans.filter(({ kind }) => kind === SERVER));
    expect(question.attributes['mode_graphql.waited_seconds']).toBeGreaterThan(0.2);
    // A day behind, as its clock is: a time that OpenTelemetry had taken itself would be today's.
    const body = collector.deliveries.map((delivery) => delivery.body).join('');
    const starts = [...body.matchAll(/"startTimeUnixNano":"(\d+)/g)].map(([, nanos]) => Number(nanos) / 1e6);
    for (const start of starts) expect(Math.abs(start - clock.now())).toBeLessThan(3_600_000);
  });

  it('tell of questions that failed, were refused, or were given up', async () => {
    const gateway = await traced({ ...envFor(mode), GATEWAY_API_KEYS: 'a-good-key' });
    const key = { 'x-api-key': 'a-good-key' };
    await askTraced(gateway, '{ nope }', key);
    await askTraced(gateway, '{ nope', key);
    await askTraced(gateway, '{ workspace { name } }', { 'x-api-key': 'a-bad-key' });
    await gateway.dispose();
    expect(collector.spans.map(({ name, attributes }) => [name, attributes['mode_graphql.error_codes']])).toEqual([
      ['query', ['GRAPHQL_VALIDATION_FAILED']],
      ['GraphQL', ['GRAPHQL_PARSE_FAILED']],
    ]);
  });

  it('hold no secret, though a caller puts one into a name', async () => {
    const secret = 'marked_secret_1';
    const gateway = gatewayOver(envFor(mode), { tracing: await load(systemClock, [secret]) });
    await askTraced(gateway, `query ${secret} { workspace { name } }`, { 'x-request-id': secret, cookie: secret });
    await gateway.dispose();
    expect(collector.spans).not.toEqual([]);
    expect(JSON.stringify(collector.deliveries)).not.toContain(secret);
  });

  it('that cannot be sent cost no question its answer, and the operator is told', async () => {
    collector.status = 400;
    const clock = new VirtualClock();
    const gateway = gatewayOver(envFor(mode), { tracing: await load(clock) });
    expect((await ask(gateway, '{ workspace { name } }')).errors).toBeUndefined();
    await gateway.dispose();
    expect(warnings).toEqual([expect.stringContaining('Traces could not be sent')]);
  });
});

describe('the switch', () => {
  it('is the standard’s variable', () => {
    const needed = { MODE_WORKSPACE: 'acme', MODE_API_TOKEN: 'key-token', MODE_API_SECRET: 'key-secret' };
    expect(readConfig(needed).run.tracing).toBeUndefined();
    const env = {
      ...needed,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.test/otlp/',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b, authorization=Basic%20abc=',
      OTEL_SERVICE_NAME: 'reports',
    };
    expect(readConfig(env).run.tracing).toEqual({
      url: 'https://collector.test/otlp/v1/traces',
      headers: { 'x-key': 'a b', authorization: 'Basic abc=' },
      serviceName: 'reports',
    });
  });

  it('sends what a process has not sent yet when it is told to stop', async () => {
    const mode = await startSmallMode();
    const collector = await Collector.start();
    const env = { ...envFor(mode), LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const command = new Command(['serve'], { env });
    const [, url = ''] = await command.says(/"url":"([^"]+\/graphql)"/);
    await (await fetch(url, post('query Last { workspace { name } }'))).text();
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
    expect(collector.spans.map(({ attributes }) => attributes['graphql.operation.name'])).toContain('Last');
    await collector.close();
    await mode.close();
  });

  it('loads nothing of OpenTelemetry while it is off', async () => {
    const mode = await startSmallMode();
    const loaded = async (env: Env): Promise<string> => {
      const command = new Command(['serve'], {
        env: {
          ...envFor(mode),
          LOG_LEVEL: 'info',
          NODE_OPTIONS: `--import ${join(PROJECT, 'tests/support/tell-what-is-loaded.js')}`,
          ...env,
        },
      });
      await command.says(/"listening"/);
      command.signal('SIGTERM');
      await command.exit;
      return command.stderr;
    };
    const off = await loaded({});
    expect(off).toMatch(/^loads .*gateway/m);
    expect(off).not.toMatch(/^loads .*(create-tracing|opentelemetry)/m);
    expect(await loaded({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })).toMatch(/^loads .*create-tracing/m);
    await mode.close();
  });

  it('cannot be set to what is no address', async () => {
    const { code, stderr } = await run(['serve'], { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' } });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT must be the address/m)]);
  });
});

describe('a traceparent', () => {
  it('is read and written as the standard has it', () => {
    const context = readTraceparent(TRACEPARENT);
    expect(context).toEqual({ ...CALLERS, traceFlags: 1, isRemote: true });
    expect(context && writeTraceparent(context)).toBe(TRACEPARENT);
    expect(readTraceparent(` 01-${CALLERS.traceId}-${CALLERS.spanId}-03-more `)).toMatchObject({ traceFlags: 3 });
  });

  it.each([
    null,
    '',
    'nonsense',
    TRACEPARENT.toUpperCase(),
    `ff-${CALLERS.traceId}-${CALLERS.spanId}-01`,
    `00-${'0'.repeat(32)}-${CALLERS.spanId}-01`,
    `00-${CALLERS.traceId}-${'0'.repeat(16)}-01`,
    `00-${CALLERS.traceId}-${CALLERS.spanId}`,
  ])('that cannot be one is none: %s', (header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });
});
