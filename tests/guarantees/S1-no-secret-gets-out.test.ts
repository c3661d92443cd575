import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../src/simulator/index.ts';
import { Command, run } from '../support/command.ts';
import { EchoingMode } from '../support/echoing-mode.ts';
import { askAt, envFor, envWithDiscovery, post, startSmallMode, type Env } from '../support/gateway.ts';
import { Collector } from '../support/otlp-collector.ts';
import { describeWithRedis, RedisServer } from '../support/redis-server.ts';
import { guises, SecretWatch } from '../support/secret-watch.ts';

/** Of the gateway's own: wherever one of these turns up, it was not by chance. */
const MARKED = {
  GATEWAY_API_KEYS: 'marked-key-one-4d21, marked-key-two-9e07',
  OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=marked-collector-key-31c5',
};
const KEY = 'marked-key-one-4d21';

/** Of callers, who may send us anything. */
const CALLERS = ['marked-wrong-key-7a7a', 'marked-cookie-b3f0', 'marked-password-61de'];
const [WRONG_KEY = '', COOKIE = '', PASSWORD = ''] = CALLERS;
const BASIC = Buffer.from(`somebody:${PASSWORD}`).toString('base64');

const EVERYTHING = `query Everything {
  workspace {
    name
    collections(first: 3) { nodes { name reports(first: 2) { nodes { name queries { nodes { name sql charts { nodes { title } } } } } } } }
    members(first: 3) { nodes { name email } }
    dataSources { nodes { name } }
    reports(first: 2, orderBy: { field: VIEW_COUNT }) { nodes { name viewCount } }
  }
  report(token: "abc") { name }
  rateLimit { remaining }
}`;

/** A gateway of its own process with all there is switched on, and everything that has come out of it. */
class Open {
  readonly heard: string[] = [];
  readonly command: Command;
  readonly env: Env;
  url = '';

  constructor(env: Env) {
    this.env = { ...env, LOG_LEVEL: 'trace' };
    this.command = new Command(['serve'], { env: this.env });
  }

  async listening(): Promise<this> {
    [, this.url = ''] = await this.command.says(/"url":"([^"]+)\/graphql"/);
    return this;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(this.url + path, { redirect: 'manual', ...init });
    const text = await response.text();
    this.heard.push(JSON.stringify([...response.headers]), text);
    return { status: response.status, text };
  }

  ask(
    query: string,
    headers: Record<string, string> = {},
  ): Promise<{ readonly status: number; readonly text: string }> {
    const { headers: usual, ...rest } = post(query);
    return this.fetch('/graphql', { ...rest, headers: { ...(usual as object), 'x-api-key': KEY, ...headers } });
  }

  /** What a client that speaks no proper HTTP hears. */
  async write(text: string): Promise<void> {
    const socket = connect(Number(new URL(this.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => this.heard.push(data.toString('utf8')));
    socket.write(text);
    await once(socket, 'close');
  }

  /** Ends it, and looks for its secrets, and those of callers, in all of that and in `more`. */
  async leaks(more: readonly string[] = []): Promise<string[]> {
    this.command.signal('SIGTERM');
    expect(await this.command.exit).toBe(0);
    // Nor a stack, which tells how the gateway is built and may quote anything.
    expect(this.heard.join('\n')).not.toMatch(/\n\s+at .+:\d+:\d+/);
    const watch = new SecretWatch(this.env);
    const all = [...this.heard, this.command.stdout, this.command.stderr, ...more].join('\n');
    watch.look('what came out', all);
    watch.lookAtFiles();
    const ofCallers = [...CALLERS, BASIC].filter((secret) => guises(secret).some((form) => all.includes(form)));
    return [...watch.leaks.map(({ secret }) => secret), ...ofCallers];
  }
}

/** What no caller should send, and what each of them hears. */
async function misuse(gateway: Open): Promise<void> {
  const statuses = [
    (await gateway.ask('{ workspace { name } }', { 'x-api-key': WRONG_KEY })).status,
    (await gateway.ask('{ workspace { name } }', { 'x-api-key': '', authorization: `Basic ${BASIC}` })).status,
    (await gateway.fetch('/metrics', { headers: { authorization: `Bearer ${WRONG_KEY}` } })).status,
    (await gateway.fetch(`/graphql?key=${WRONG_KEY}&query={__typename}`)).status,
    (await gateway.ask('{ workspace { name } }', { 'sec-fetch-site': 'cross-site', cookie: `session=${COOKIE}` }))
      .status,
  ];
  expect(statuses).toEqual([401, 401, 401, 401, 403]);
  await gateway.ask('{ workspace { name } }', { cookie: `session=${COOKIE}`, 'x-forwarded-for': PASSWORD });
  await gateway.ask('{ workspace {', { cookie: COOKIE });
  await gateway.ask(`{ ${'a'.repeat(200)} }`, { 'x-request-id': `not an id; ${COOKIE}` });
  await gateway.ask(`{ node(id: "garbage") { id } }`, { traceparent: `00-${COOKIE}-01` });
  await gateway.fetch('/graphql', { method: 'POST', body: '{', headers: { 'x-api-key': KEY, cookie: COOKIE } });
  await gateway.fetch('/graphql', { method: 'DELETE', headers: { 'x-api-key': KEY } });
  await gateway.fetch(`/elsewhere/${WRONG_KEY}`);
  const secrets = `x-api-key: ${KEY}\r\ncookie: ${COOKIE}`;
  await gateway.write(`GET /graphql HTTP/1.1\r\nhost: not a host\r\n${secrets}\r\nconnection: close\r\n\r\n`);
  await gateway.write(`GET //[ HTTP/1.1\r\nhost: [\r\n${secrets}\r\nconnection: close\r\n\r\n`);
  await gateway.write(`POST /graphql HTTP/1.1\r\nhost: x\r\n${secrets}\r\ncontent-length: nonsense\r\n\r\n`);
  await gateway.write(`GET /graphql HTTP/1.1\r\nhost: x\r\n${secrets}\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`);
}

/** Everything that can be looked at. */
async function look(gateway: Open): Promise<void> {
  for (const path of ['/health', '/ready', '/', '/graphql'])
    await gateway.fetch(path, { headers: { accept: 'text/html' } });
  const { status, text } = await gateway.fetch('/metrics', { headers: { authorization: `Bearer ${KEY}` } });
  expect([status, text]).toEqual([200, expect.stringContaining('mode_graphql_upstream_calls_total')]);
}

describe('S1: secrets never appear in a log line, an error, an answer, a metric, a span or a file', () => {
  let collector: Collector;
  let directory: string;

  beforeEach(async () => {
    collector = await Collector.start();
    directory = await mkdtemp(join(tmpdir(), 'mode-graphql-'));
  });

  afterEach(async () => {
    await collector.close();
    await rm(directory, { recursive: true, force: true });
  });

  const marked = (): Env => ({
    ...MARKED,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    CATALOG_DIR: directory,
    MODE_TIMEOUT: '400ms',
    OPERATION_TIMEOUT: '5s',
  });
  const traced = (): string[] => collector.deliveries.map(({ body }) => body);
  /** That it was looked for where there was something to be found. */
  const expectMuch = (gateway: Open): void => {
    expect(gateway.command.stderr).toContain('"msg":"operation"');
    expect(gateway.command.stderr).toContain('"outcome":"refused"');
    expect(traced().join('')).toContain('Everything');
    expect(collector.deliveries[0]?.headers['x-collector-key']).toBe('marked-collector-key-31c5');
  };

  describe('over a simulated Mode', () => {
    let mode: Simulator;

    beforeEach(async () => {
      mode = await startSmallMode();
    });

    afterEach(() => mode.close());

    it('while all goes well, and while calls fail in every way', async () => {
      const gateway = await new Open({ ...envWithDiscovery(mode), ...marked(), CATALOG_WARM: 'on' }).listening();
      await gateway.ask(EVERYTHING);
      const { token, secret } = mode.credentials.admin;
      const echo = JSON.stringify({ sent: `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}` });
      const kinds = [
        'status500',
        'status401',
        'status403',
        'status429',
        'html502',
        'html200',
        'reset',
        'slow',
      ] as const;
      for (const kind of [...kinds, 'truncated', 'truncatedJson'] as const) {
        mode.faults.inject({ match: /./, kind, body: echo, times: 6, delayMs: 2_000, retryAfter: '0' });
        await gateway.ask(EVERYTHING, { 'cache-control': 'no-cache', prefer: 'wait=2' });
        mode.faults.clear();
      }
      mode.faults.inject({ match: /reports/, kind: 'mutate', mutate: () => JSON.parse(echo) as unknown });
      await gateway.ask(EVERYTHING, { 'cache-control': 'no-cache', prefer: 'wait=2' });
      await misuse(gateway);
      await look(gateway);
      expect(await gateway.leaks(traced())).toEqual([]);
      expectMuch(gateway);
    }, 120_000);

    it('with a signature token it has minted itself', async () => {
      const gateway = await new Open({ ...envFor(mode), ...marked(), MODE_DISCOVERY: 'mint' }).listening();
      await gateway.ask(EVERYTHING);
      await look(gateway);
      const [minted] = mode.signatureTokens;
      if (!minted) throw new Error('it has minted none');
      const { token, accessKey, accessSecret } = minted;
      const bearer = Buffer.from(`${token}:${accessKey}:${accessSecret}`).toString('base64');
      expect(await gateway.leaks(traced())).toEqual([]);
      const all = [...gateway.heard, gateway.command.stderr, ...traced()].join('\n');
      for (const secret of [token, accessKey, accessSecret, bearer]) expect(all).not.toContain(secret);
    });

    it('of callers’ own API keys, right and wrong ones', async () => {
      const { MODE_API_TOKEN: _, MODE_API_SECRET: __, ...env } = envWithDiscovery(mode);
      const { GATEWAY_API_KEYS: ___, ...rest } = marked();
      const gateway = await new Open({ ...env, ...rest, GATEWAY_AUTH: 'pass-through' }).listening();
      const { token, secret } = mode.credentials.member;
      const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
      const right = { authorization: basic(`${token}:${secret}`) };
      const statuses = [
        (await gateway.ask(EVERYTHING, right)).status,
        (await gateway.ask(EVERYTHING, { authorization: basic(`somebody:${PASSWORD}`) })).status,
      ];
      expect(statuses).toEqual([200, 401]);
      for (const kind of ['status500', 'status401', 'html200', 'reset'] as const) {
        mode.faults.inject({ match: /./, kind, body: JSON.stringify(right), times: 6 });
        await gateway.ask(EVERYTHING, { ...right, 'cache-control': 'no-cache', prefer: 'wait=2' });
        mode.faults.clear();
      }
      await gateway.fetch('/metrics', { headers: right });
      expect(await gateway.leaks(traced())).toEqual([]);
      const all = [...gateway.heard, gateway.command.stdout, gateway.command.stderr, ...traced()].join('\n');
      const forms = [token, secret, right.authorization.slice('Basic '.length)].flatMap(guises);
      expect(forms.filter((form) => all.includes(form))).toEqual([]);
      expect(gateway.command.stderr).toContain('"caller":"credential ');
    }, 60_000);

    it('with credentials that Mode does not accept, which it says in the answer and in /ready, and keeps running', async () => {
      const wrong = { MODE_API_TOKEN: 'marked-token-55aa', MODE_API_SECRET: 'marked-secret-7b1f' };
      const gateway = await new Open({ ...envFor(mode), ...wrong }).listening();
      const answer = await askAt(
        gateway.url,
        '{ workspace { username collections { totalCount } } report(token: "abc") { name } }',
      );
      expect(answer.data).toEqual({ workspace: { username: 'acme', collections: null }, report: null });
      expect(answer.errors?.map(({ path, extensions }) => ({ path, code: extensions?.code }))).toEqual(
        expect.arrayContaining([
          { path: ['workspace', 'collections'], code: 'UPSTREAM_UNAUTHENTICATED' },
          { path: ['report'], code: 'UPSTREAM_UNAUTHENTICATED' },
        ]),
      );
      const ready = await gateway.fetch('/ready');
      expect([ready.status, JSON.parse(ready.text)]).toEqual([
        503,
        { ready: false, code: 'UPSTREAM_UNAUTHENTICATED', reason: expect.stringContaining('API key') as unknown },
      ]);
      expect((await gateway.fetch('/health')).status).toBe(200);
      expect(await gateway.leaks([JSON.stringify(answer)])).toEqual([]);
      expect(gateway.command.stderr).toContain('does not accept the credential');
    });
  });

  it('over a Mode that repeats the credential in bodies, headers and redirects, whatever its status', async () => {
    const mode = await EchoingMode.start();
    const gateway = await new Open({
      MODE_BASE_URL: mode.url,
      MODE_WORKSPACE: 'acme',
      MODE_API_TOKEN: 'marked-token-0c3e',
      MODE_API_SECRET: 'marked "secret" \\ é 88d1',
      MODE_DISCOVERY_TOKEN: 'marked-discovery-token-5f',
      MODE_DISCOVERY_ACCESS_KEY: 'marked-access-key-02ab',
      MODE_DISCOVERY_ACCESS_SECRET: 'marked-access-secret-d9',
      PORT: '0',
      MODE_RATE_LIMIT: '1000/100ms',
      ...marked(),
    }).listening();
    for (const status of [200, 201, 301, 302, 400, 401, 403, 404, 407, 410, 429, 500, 502, 503]) {
      mode.status = status;
      await gateway.ask(EVERYTHING, { prefer: 'wait=1' });
    }
    mode.status = 500;
    await look(gateway);
    // Else nothing would have been repeated.
    expect(mode.heard.some((authorization) => authorization.startsWith('Basic '))).toBe(true);
    expect(mode.heard.some((authorization) => authorization.startsWith('Bearer '))).toBe(true);
    expect(await gateway.leaks(traced())).toEqual([]);
    await mode.close();
  }, 120_000);

  it('when the configuration cannot be read', async () => {
    const env = {
      MODE_API_TOKEN: 'marked-token-0c3e',
      MODE_API_SECRET: 'marked-secret-88d1',
      REDIS_URL: 'http://marked-user-1d:marked-password-2e@redis',
      GATEWAY_API_KEYS: 'markedkey,short',
      OTEL_EXPORTER_OTLP_HEADERS: 'marked-header-77 without a value',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:marked-user-password@collector',
    };
    const { code, stdout, stderr } = await run(['serve'], { env });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/REDIS_URL[^]*OTEL_EXPORTER_OTLP_ENDPOINT/);
    expect(stderr).not.toMatch(/marked/);
  });

  describeWithRedis('with a Redis that wants a password', () => {
    it('while it is there, and when it is gone', async () => {
      const mode = await startSmallMode();
      const redis = await RedisServer.start();
      const password = 'marked-redis-password-f00d';
      await redis.use((client) => client.config('SET', 'requirepass', password));
      const url = new URL(redis.url);
      url.password = password;
      const gateway = await new Open({ ...envFor(mode), ...marked(), REDIS_URL: url.href }).listening();
      await gateway.ask(EVERYTHING);
      // Back without its password: whoever sends one is refused.
      await redis.kill();
      await redis.restart();
      await gateway.ask(EVERYTHING, { prefer: 'wait=1' });
      await redis.kill();
      await gateway.ask(EVERYTHING, { prefer: 'wait=1' });
      await look(gateway);
      expect(await gateway.leaks(traced())).toEqual([]);
      await redis.stop();
      await mode.close();
    });
  });
});

describe('the watch that is kept in every test', () => {
  const secret = 'marked "secret"/88d1é';
  const env = { MODE_API_TOKEN: 'marked-token-0c3e', MODE_API_SECRET: secret };

  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ message: secret })],
    ['in an address', `https://mode.test/?key=${encodeURIComponent(secret)}`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in an Authorization header', `Basic ${Buffer.from(`marked-token-0c3e:${secret}`).toString('base64')}`],
  ])('notices a secret %s', (_, text) => {
    const watch = new SecretWatch(env);
    watch.look('a text', `before ${text} after`);
    expect(watch.leaks).not.toEqual([]);
  });

  it('notices nothing where there is nothing', () => {
    const watch = new SecretWatch(env);
    watch.look('a text', 'marked-token and marked secret');
    expect(watch.leaks).toEqual([]);
  });
});
