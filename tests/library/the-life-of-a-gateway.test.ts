import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, createGateway, readConfig, type Gateway, type Variables } from '../../src/index.ts';
import { Attendance } from '../../src/mount/attendance.ts';
import { nodeHandler } from '../../src/mount/node-handler.ts';
import { endpointsAt } from '../../src/server/endpoints.ts';
import { envFor, envWithDiscovery, gatewayOver, post, until } from '../support/gateway.ts';
import { startHeldMode, type HeldMode } from '../support/held-mode.ts';
import { serveNode, type Served } from './servers.ts';

const QUESTION = '{ workspace { name } }';
const STOPPING = { errors: [{ message: expect.any(String) as string, extensions: { code: 'STOPPING' } }] };
const ADDRESS = 'http://gateway/graphql';

let mode: HeldMode;
let gateway: Gateway;
let served: Served | undefined;
/** Requests that have come over the socket. */
let arrived: number;

beforeEach(async () => {
  arrived = 0;
  mode = await startHeldMode();
});
afterEach(async () => {
  mode.release();
  await served?.close();
  await gateway.dispose();
  await mode.close();
});

const name = (): object => ({ data: { workspace: { name: mode.world.workspace.name } } });
const json = async (response: Response | Promise<Response>): Promise<unknown> => (await response).json();
const mount = async (): Promise<void> => {
  served = await serveNode((request, response) => {
    arrived++;
    void gateway.handler(request, response);
  });
};
const at = (path: string): string => (served?.url ?? '') + path;

describe('a gateway is made', () => {
  it('from variables, from what was read of them, and from the environment', async () => {
    const config = readConfig(envFor(mode));
    gateway = createGateway(config);
    expect(await json(gateway.fetch(ADDRESS, post(QUESTION)))).toMatchObject(name());

    const before = { ...process.env };
    Object.assign(process.env, envFor(mode));
    const fromEnvironment = createGateway();
    process.env = before;
    expect(await json(fromEnvironment.fetch(ADDRESS, post(QUESTION)))).toMatchObject(name());
    await fromEnvironment.dispose();
  });

  it('not from variables that are missing or wrong, and all of them are named', () => {
    gateway = createGateway(envFor(mode));
    expect(() => createGateway({ MODE_WORKSPACE: 'acme', MODE_CONCURRENCY: 'many' })).toThrow(ConfigError);
    expect(() => createGateway({ MODE_WORKSPACE: 'acme', MODE_CONCURRENCY: 'many' })).toThrow(
      /MODE_API_TOKEN[^]*MODE_API_SECRET[^]*MODE_CONCURRENCY/,
    );
    // The compiler, too, knows their names.
    // @ts-expect-error There is no such variable.
    const misspelt: Variables = { MODE_WORKSPCE: 'acme' };
    expect(() => createGateway(misspelt)).toThrow('MODE_WORKSPACE');
  });
});

describe('fetch', () => {
  beforeEach(() => {
    gateway = createGateway(envFor(mode));
  });

  it('takes an address or a Request, and answers with a Response of this runtime', async () => {
    const asked = [
      gateway.fetch(ADDRESS, post(QUESTION)),
      gateway.fetch(new URL(ADDRESS), post(QUESTION)),
      gateway.fetch(new Request(ADDRESS, post(QUESTION))),
      // As a framework does for a route.
      gateway.fetch(new Request(ADDRESS, post(QUESTION)), { params: {}, method: 'DELETE' }),
      gateway.fetch(`${ADDRESS}?query=${encodeURIComponent(QUESTION)}`),
    ];
    for (const response of await Promise.all(asked)) {
      expect(response).toBeInstanceOf(Response);
      expect(response.body).toBeInstanceOf(ReadableStream);
      expect([response.status, await response.json()]).toMatchObject([200, name()]);
    }
    const page = await gateway.fetch(ADDRESS, { headers: { accept: 'text/html' } });
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(await page.text()) ?? [];
    const file = await gateway.fetch(new URL(script, ADDRESS), { headers: { 'accept-encoding': 'gzip' } });
    expect(file.headers.get('content-encoding')).toBe('gzip');
    expect(new Uint8Array(await file.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x1f, 0x8b]));
    const etag = page.headers.get('etag') ?? '';
    const again = await gateway.fetch(ADDRESS, { headers: { accept: 'text/html', 'if-none-match': etag } });
    expect([again.status, again.body]).toEqual([304, null]);
  });

  it('rejects when it is aborted, and lets the calls to Mode go', async () => {
    mode.hold('/api/acme');
    const hangUp = new AbortController();
    const asked = gateway.fetch(ADDRESS, { ...post(QUESTION), signal: hangUp.signal });
    await until(() => mode.held === 1);
    hangUp.abort(new Error('changed my mind'));
    await expect(asked).rejects.toThrow('changed my mind');
    await until(() => mode.held === 0);
    expect(mode.ledger.entries.map(({ aborted }) => aborted)).toEqual([true]);
    await expect(gateway.fetch(ADDRESS, { ...post(QUESTION), signal: hangUp.signal })).rejects.toThrow('changed');
    expect(mode.ledger.entries).toHaveLength(1);
  });
});

describe('the first question', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mode-graphql-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('finds what was stored of the catalog, whether or not the gateway was started', async () => {
    const variables = { ...envWithDiscovery(mode), CATALOG_DIR: directory };
    const list = post('{ workspace { reports(first: 1) { totalCount } } }');
    const answer = { data: { workspace: { reports: { totalCount: mode.world.reports.length } } } };
    gateway = createGateway(variables);
    expect(await json(gateway.fetch(ADDRESS, list))).toMatchObject(answer);
    let stored: string[] = [];
    while (!stored.some((file) => file.endsWith('reports.catalog'))) stored = await readdir(directory);
    await gateway.stop();

    mode.ledger.clear();
    for (const start of [false, true]) {
      gateway = createGateway(variables);
      if (start) await gateway.start();
      expect(await json(gateway.fetch(ADDRESS, list))).toMatchObject(answer);
      await gateway.stop();
    }
    expect(mode.ledger.calls({ path: /\/batch\// })).toEqual([]);
  });

  it('of somebody who hangs up before the gateway has started costs no call', async () => {
    gateway = createGateway(envFor(mode));
    const attendance = new Attendance(endpointsAt(''));
    let begin: (() => void) | undefined;
    const started = new Promise<void>((resolve) => (begin = resolve));
    const inside = gatewayOver(envFor(mode));
    const answer = nodeHandler({ yoga: inside.yoga, attendance, start: () => started, warn: () => undefined });
    let answered = 0;
    served = await serveNode((request, response) => {
      arrived++;
      void answer(request, response).then(() => answered++);
    });
    const hangUp = new AbortController();
    // A GET: what is left of a body nobody could read anyway.
    const asked = fetch(at(`/graphql?query=${encodeURIComponent(QUESTION)}`), { signal: hangUp.signal });
    await until(() => arrived === 1);
    hangUp.abort();
    await expect(asked).rejects.toThrow('aborted');
    // It is over once nobody is in, though nothing has begun.
    expect(await attendance.close(600_000)).toBe(0);
    begin?.();
    await until(() => answered === 1);
    expect(mode.ledger.entries).toEqual([]);
    await inside.dispose();
  });
});

describe('stopping', () => {
  beforeEach(async () => {
    gateway = createGateway(envFor(mode));
    await mount();
  });

  const askBoth = (init: RequestInit = {}): Promise<Response>[] => [
    gateway.fetch(ADDRESS, { ...post(QUESTION), ...init }),
    fetch(at('/graphql'), { ...post('{ workspace { name username } }'), ...init }),
  ];
  /** Both are in, and wait for Mode. */
  const bothAreIn = (): Promise<void> => until(() => arrived === 1 && mode.held > 0);

  it('finishes what runs, sends who comes elsewhere, and is told to probes from the first moment', async () => {
    mode.hold('/api/acme');
    const running = askBoth();
    await bothAreIn();
    const stopped = gateway.stop({ drainMs: 600_000 });

    for (const refused of await Promise.all(askBoth())) {
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      expect(refused.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(await refused.json()).toEqual(STOPPING);
    }
    const unready = { ready: false, code: 'STOPPING', reason: 'The gateway is stopping.' };
    expect(await gateway.ready()).toEqual(unready);
    for (const ready of [fetch(at('/ready')), gateway.fetch('http://gateway/ready')]) {
      expect([(await ready).status, await json(ready)]).toEqual([503, unready]);
    }
    expect((await fetch(at('/health'))).status).toBe(200);
    expect((await fetch(at('/metrics'))).status).toBe(200);

    mode.release();
    for (const answer of await Promise.all(running)) expect(await answer.json()).toMatchObject(name());
    expect(await stopped).toEqual({ cut: 0 });
    expect((await gateway.fetch(ADDRESS, post(QUESTION))).status).toBe(503);
    expect((await fetch(at('/graphql'), post(QUESTION))).status).toBe(503);
  });

  it('cuts what outlasts it, and lets the calls to Mode go', async () => {
    mode.hold('/api/acme');
    const running = askBoth();
    await bothAreIn();
    expect(await gateway.stop({ drainMs: 20 })).toEqual({ cut: 2 });
    for (const answer of await Promise.all(running)) {
      expect([answer.status, await answer.json()]).toEqual([503, STOPPING]);
    }
    await until(() => mode.held === 0);
    expect(mode.ledger.entries.map(({ aborted }) => aborted)).not.toContain(false);
  });

  it('is hastened by disposing, and asked for once however often', async () => {
    mode.hold('/api/acme');
    const [running] = askBoth();
    await bothAreIn();
    const stops = [gateway.stop({ drainMs: 600_000 }), gateway.stop(), gateway[Symbol.asyncDispose]()];
    await gateway.dispose();
    const [first, second] = await Promise.all(stops);
    expect(first).toEqual({ cut: 2 });
    expect(second).toBe(first);
    expect((await running)?.status).toBe(503);
  });

  it('does not wait for somebody who has hung up', async () => {
    mode.hold('/api/acme');
    const hangUp = new AbortController();
    const gone = askBoth({ signal: hangUp.signal }).map((asked) => expect(asked).rejects.toThrow());
    await bothAreIn();
    const stopped = gateway.stop({ drainMs: 600_000 });
    hangUp.abort();
    await Promise.all(gone);
    expect(await stopped).toEqual({ cut: 0 });
  });
});
