import { readFileSync } from 'node:fs';
import type { Gateway } from '../../src/gateway.ts';
import { createMaskError } from '../../src/server/mask-error.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import { logOperations } from '../../src/server/logs/log-operations.ts';
import type { OperationReport } from '../../src/server/operation-report.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { askAt, envFor, gatewayOver, post, serve, startSmallMode, until } from '../support/gateway.ts';
import { Log, type Line } from '../support/log.ts';
import { settled, VirtualClock } from '../support/virtual-clock.ts';
import { some } from '../support/world-order.ts';

const KEY = 'a-good-key';
const INFO = 30;
const WARN = 40;
const ERROR = 50;

describe('each question has one log line', () => {
  const clock = new VirtualClock();
  let log = new Log();
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(
      { ...envFor(mode), GATEWAY_API_KEYS: `${KEY},another-key` },
      {
        onOperation: (report) => {
          logOperations(log.logger, clock)(report);
        },
        reportError: (err, requestId) => {
          log.logger.error({ err, requestId }, 'unforeseen error');
        },
      },
    );
    server = await serve(gateway);
  });

  beforeEach(() => {
    log = new Log();
    mode.faults.clear();
  });

  afterAll(async () => {
    await server.stop();
    await mode.close();
  });

  const asked = (query: string, headers: Record<string, string> = {}): RequestInit => ({
    ...post(query),
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-api-key': KEY, ...headers },
  });
  /** The only line there is. */
  const onlyLine = async (): Promise<Line> => {
    await until(() => log.lines.length > 0);
    await settled();
    expect(log.lines).toHaveLength(1);
    const [{ time, durationMs, ...line } = {}] = log.lines;
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(durationMs).toBeGreaterThanOrEqual(0);
    return line;
  };
  const lineOf = async (init: RequestInit, path = '/graphql'): Promise<Line> => {
    await (await fetch(server.url + path, init)).text();
    return onlyLine();
  };

  it('which says who asked what kind of question, how it went and what it cost', async () => {
    const query = 'query Members { workspace { name members(first: 2) { nodes { name email } } } }';
    expect(await lineOf(asked(query, { 'x-request-id': 'from-the-caller-1' }))).toEqual({
      level: INFO,
      msg: 'operation',
      requestId: 'from-the-caller-1',
      caller: 'key-1',
      operation: 'Members',
      type: 'query',
      outcome: 'ok',
      status: 200,
      rest: expect.any(Number) as unknown,
      discovery: 0,
      waitedMs: expect.any(Number) as unknown,
      plan: expect.arrayContaining([expect.stringMatching(/^\w+ \w+ REST keys=\d+ calls=\d+$/)]) as unknown,
    });
  });

  it('and holds neither the document nor variables nor what was answered', async () => {
    const report = some(mode.world.reports);
    const query =
      'query One($token: String!) { report(token: $token) { name creator { name email } queries { nodes { sql } } } }';
    const answer = await askAt(server.url, '', {
      ...asked(''),
      body: JSON.stringify({ query, variables: { token: report.token } }),
    });
    expect(answer.data).toMatchObject({ report: { name: report.name } });
    await onlyLine();
    const [text = ''] = log.texts;
    for (const part of [report.token, report.name ?? '?', '@', 'SELECT', 'creator', KEY])
      expect(text).not.toContain(part);
  });

  it.each<[string, () => RequestInit, Line]>([
    [
      'a document that cannot be read',
      () => asked('{ workspace {'),
      { outcome: 'refused', codes: ['GRAPHQL_PARSE_FAILED'], status: 200 },
    ],
    [
      'a document that asks for what is not there',
      () => asked('query Nope { nope }'),
      { outcome: 'refused', operation: 'Nope', type: 'query', codes: ['GRAPHQL_VALIDATION_FAILED'], status: 200 },
    ],
    [
      'variables that do not fit',
      () => asked('query ($id: ID!) { node(id: $id) { id } }'),
      { outcome: 'refused', type: 'query', codes: ['BAD_USER_INPUT'], status: 400, rest: 0, discovery: 0, waitedMs: 0 },
    ],
    [
      'an argument that cannot be',
      () => asked('{ node(id: "garbage") { id } }'),
      { outcome: 'partial', type: 'query', codes: ['BAD_USER_INPUT'], status: 200, rest: 0, discovery: 0, waitedMs: 0 },
    ],
    [
      'a body that is none',
      () => ({ ...asked(''), body: '{' }),
      { outcome: 'refused', codes: ['BAD_REQUEST'], status: 400 },
    ],
    [
      'a method that is none of ours',
      () => ({ ...asked(''), method: 'PUT' }),
      { outcome: 'refused', codes: ['BAD_REQUEST'], status: 405 },
    ],
    [
      'somebody without a key',
      () => asked('{ __typename }', { 'x-api-key': 'a-bad-key' }),
      { outcome: 'refused', caller: 'everybody', codes: ['UNAUTHENTICATED'], status: 401 },
    ],
    [
      'a page of another site',
      () => asked('{ __typename }', { 'sec-fetch-site': 'cross-site' }),
      { outcome: 'refused', caller: 'everybody', codes: ['FORBIDDEN'], status: 403 },
    ],
  ])('also for %s', async (_, init, expected) => {
    expect(await lineOf(init())).toEqual({
      level: INFO,
      msg: 'operation',
      caller: 'key-1',
      requestId: expect.any(String) as unknown,
      ...expected,
    });
  });

  it('at level warn when Mode failed its caller', async () => {
    mode.faults.inject({ match: /data_sources/, kind: 'status403' });
    const line = await lineOf(asked('{ workspace { username dataSources { nodes { name } } } }'));
    expect(line).toMatchObject({ level: WARN, outcome: 'partial', codes: ['UPSTREAM_FORBIDDEN'] });
  });

  it('at level error when the gateway did; the stack has a line of its own, with the same request id', async () => {
    const report = some(mode.world.reports);
    mode.faults.inject({
      match: `/reports/${report.token}`,
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), view_count: 3_000_000_000 }),
    });
    await askAt(
      server.url,
      '',
      asked(`{ report(token: "${report.token}") { viewCount } }`, { 'x-request-id': 'req-7' }),
    );
    await until(() => log.lines.length === 2);
    expect(log.lines).toEqual([
      expect.objectContaining({
        level: ERROR,
        msg: 'unforeseen error',
        requestId: 'req-7',
        err: { name: 'Error', stack: expect.stringContaining('at ') as unknown },
      }),
      expect.objectContaining({ level: ERROR, msg: 'operation', requestId: 'req-7', outcome: 'partial' }),
    ]);
  });

  it('with all that was spent when its caller hangs up', async () => {
    mode.faults.inject({ match: '/api/acme', kind: 'slow', delayMs: 600_000 });
    mode.ledger.clear();
    const hangUp = new AbortController();
    const init = { ...asked('query Slow { workspace { name } }'), signal: hangUp.signal };
    const outcome = fetch(`${server.url}/graphql`, init).catch(() => 'hung up');
    await until(() => mode.ledger.entries.length === 1);
    hangUp.abort();
    expect(await outcome).toBe('hung up');
    expect(await onlyLine()).toMatchObject({
      level: INFO,
      outcome: 'aborted',
      operation: 'Slow',
      rest: 1,
      discovery: 0,
    });
    expect(log.lines[0]).not.toHaveProperty('status');
  });

  it('but not what is no question: probes, the explorer, addresses that are not there', async () => {
    for (const path of ['/health', '/ready', '/metrics', '/', '/nope', '/graphql']) {
      await (await fetch(server.url + path, { headers: { accept: 'text/html' } })).text();
    }
    await settled();
    expect(log.lines).toEqual([]);
  });

  it('has every field described in docs/observability.md', async () => {
    await lineOf(asked('query A { nope }'));
    await askAt(server.url, '', asked('query A { workspace { name } }'));
    await until(() => log.lines.length === 2);
    const page = readFileSync('docs/observability.md', 'utf8');
    const told = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    const fields = log.lines.flatMap((line) => Object.keys(line)).filter((field) => field !== 'msg');
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter((field) => !told.includes(field))).toEqual([]);
  });
});

describe('a flood of refusals', () => {
  const refused: OperationReport = {
    request: new Request('http://gateway/graphql'),
    requestId: 'r',
    caller: 'everybody',
    name: undefined,
    type: undefined,
    outcome: 'refused',
    codes: new Map([['UNAUTHENTICATED', 1]]),
    status: 401,
    durationMs: 1,
    bill: undefined,
  };

  it('does not drown the log: twenty have a line in ten seconds, and the next line says how many had none', () => {
    const clock = new VirtualClock();
    const log = new Log();
    const tell = logOperations(log.logger, clock);
    for (let n = 0; n < 1_000; n++) tell(refused);
    expect(log.lines).toHaveLength(20);
    clock.jump(9_999);
    tell(refused);
    expect(log.lines).toHaveLength(20);
    clock.jump(1);
    tell(refused);
    tell(refused);
    expect(log.lines).toHaveLength(22);
    expect(log.lines.map(({ refusedWithoutLine }) => refusedWithoutLine).filter(Boolean)).toEqual([981]);
  });

  it('takes no line from the questions that are answered', () => {
    const log = new Log();
    const tell = logOperations(log.logger, new VirtualClock());
    for (let n = 0; n < 100; n++) tell(refused);
    for (let n = 0; n < 100; n++) tell({ ...refused, outcome: 'ok', codes: new Map() });
    expect(log.lines.filter(({ outcome }) => outcome === 'ok')).toHaveLength(100);
  });
});

it('an error that belongs to no request is reported without one', () => {
  const told: unknown[][] = [];
  createMaskError((...all) => told.push(all))(new Error('of nobody'));
  expect(told).toEqual([[expect.any(Error), undefined]]);
});
