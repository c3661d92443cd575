import { join } from 'node:path';
import { Command, run } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { askAt, envFor, post, until } from '../support/gateway.ts';
import { startHeldMode, type HeldMode } from '../support/held-mode.ts';

const QUESTION = '{ workspace { name } }';
/** One call for each of the collections, four of them at once. */
const BROAD = '{ workspace { reports { totalCount nodes { queries { totalCount } } } } }';
const script = (name: string): string[] => ['--import', 'tsx', join('examples/mount', `${name}.ts`)];

let mode: HeldMode;

beforeAll(async () => {
  mode = await startHeldMode({ size: { collections: 25, reports: 60 } });
});
afterAll(() => mode.close());

describe.each(['node-http', 'express', 'fastify', 'hono'])('the gateway mounted by examples/mount/%s.ts', (name) => {
  let command: Command;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    command = new Command([], { script: script(name), env: { ...envFor(mode), PORT: String(port) } });
    [, url = ''] = await command.says(/Ask at (\S+)\/graphql/);
  });
  afterAll(async () => {
    mode.release();
    command.signal('SIGKILL');
    await command.exit;
  });

  it('answers questions, shows the explorer, and passes the caller’s name for its request on', async () => {
    const asked = post(QUESTION);
    const response = await fetch(`${url}/graphql`, {
      ...asked,
      headers: { ...(asked.headers as Record<string, string>), 'x-request-id': `mine-${name}` },
    });
    expect(response.headers.get('x-request-id')).toBe(`mine-${name}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ data: { workspace: { name: mode.world.workspace.name } } });

    const got = await fetch(`${url}/graphql?query=${encodeURIComponent(QUESTION)}`);
    expect(await got.json()).toMatchObject({ data: { workspace: { name: mode.world.workspace.name } } });
    const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    expect(html).toContain('<title>Mode GraphQL</title>');
    const loaded = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(([, at = '']) => at);
    expect(loaded.length).toBeGreaterThan(5);
    for (const address of loaded) {
      const { status, headers } = await fetch(new URL(address, page.url));
      expect([address, status]).toEqual([address, 200]);
      expect(headers.get('content-type')).toMatch(/^(text\/(javascript|css)|image\/svg\+xml)/);
    }
  });

  it('reads bodies itself, and says what is wrong with them', async () => {
    const headers = { 'content-type': 'application/json' };
    const send = async (body: string, type = headers): Promise<unknown[]> => {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers: type, body });
      return [response.status, (await response.json()) as unknown];
    };
    const refused = (status: number, code: string): unknown[] => [status, { errors: [{ extensions: { code } }] }];
    expect(await send('{"query":')).toMatchObject(refused(400, 'BAD_REQUEST'));
    expect(await send(JSON.stringify({ query: QUESTION, variables: { text: 'x'.repeat(1_100_000) } }))).toMatchObject(
      refused(413, 'REQUEST_ENTITY_TOO_LARGE'),
    );
    expect(await send('query=1', { 'content-type': 'text/plain' })).toMatchObject(
      refused(415, 'UNSUPPORTED_MEDIA_TYPE'),
    );
  });

  it('lets its calls go when the caller hangs up', async () => {
    mode.ledger.clear();
    mode.hold(/spaces\/\w+\/reports/);
    const hangUp = new AbortController();
    const outcome = fetch(`${url}/graphql`, { ...post(BROAD), signal: hangUp.signal }).then(
      () => 'answered',
      () => 'hung up',
    );
    await until(() => mode.held === 4);
    const sent = mode.ledger.entries.length;
    hangUp.abort();
    expect(await outcome).toBe('hung up');
    await until(() => mode.held === 0);
    mode.release();
    expect(mode.ledger.entries.slice(-4).map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
    // What waited behind them left the queue: the next question comes at once, and nothing of it with it.
    expect((await askAt(url, QUESTION)).data).toEqual({ workspace: { name: mode.world.workspace.name } });
    expect(mode.ledger.entries).toHaveLength(sent + 1);
  });

  it('finishes what runs when it is told to stop, sends others elsewhere, and ends by itself', async () => {
    mode.hold('/api/acme');
    const running = askAt(url, QUESTION);
    await until(() => mode.held === 1);
    command.signal('SIGTERM');
    const refusal = async (): Promise<Response> => {
      for (;;) {
        const response = await fetch(`${url}/graphql`, post('{ __typename }'));
        if (response.status !== 200) return response;
      }
    };
    const refused = await refusal();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'STOPPING' } }] });
    mode.release();
    expect((await running).data).toEqual({ workspace: { name: mode.world.workspace.name } });
    expect(await command.exit).toBe(0);
    expect(command.stderr).toBe('');
  });
});

it('the gateway of examples/mount/fetch.ts answers in its own process, and lets that end', async () => {
  const { code, stdout, stderr } = await run([], { script: script('fetch'), env: envFor(mode) });
  expect([code, stderr]).toEqual([0, '']);
  const { collections, workspace } = mode.world;
  expect(JSON.parse(stdout)).toMatchObject({
    data: { workspace: { name: workspace.name, collections: { totalCount: collections.length } } },
  });
});
