import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Gateway } from '../../src/gateway.ts';
import { listen, type RunningServer } from '../../src/server/http-server.ts';
import { askAt, envFor, gatewayOver, post, serve, until } from '../support/gateway.ts';
import { startHeldMode, type HeldMode } from '../support/held-mode.ts';

const QUESTION = '{ workspace { name } }';
const STOPPING = { errors: [{ message: expect.any(String) as string, extensions: { code: 'STOPPING' } }] };

describe('stopping', () => {
  let mode: HeldMode;
  let gateway: Gateway;
  let server: RunningServer;

  beforeEach(async () => {
    mode = await startHeldMode();
    gateway = gatewayOver(envFor(mode));
    // A drain as long as this fails the test by its timeout, should `stop` ever wait for it.
    server = await serve(gateway, 600_000);
  });

  afterEach(async () => {
    mode.release();
    await server.stop();
    await mode.close();
  });

  const open = async (url = server.url): Promise<Socket> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };
  /** Whether ended in order or reset: what was half asked is lost either way. */
  const closed = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        resolve();
      });
    });
  const listenTo = (socket: Socket): { text: string } => {
    const heard = { text: '' };
    socket.on('data', (data: Buffer) => (heard.text += data.toString('utf8')));
    return heard;
  };
  const statuses = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);
  const body = JSON.stringify({ query: QUESTION });
  const asking = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

  it('finishes a running question, and tells whoever asks meanwhile to come back', async () => {
    mode.hold('/api/acme');
    const running = fetch(`${server.url}/graphql`, post(QUESTION));
    await until(() => mode.held === 1);

    const stopped = server.stop();
    const refused = await fetch(`${server.url}/graphql`, post('{ __typename }'));
    expect(refused.status).toBe(503);
    expect(Object.fromEntries(refused.headers)).toMatchObject({ 'retry-after': '1', connection: 'close' });
    expect(await refused.json()).toEqual(STOPPING);

    mode.release();
    const answer = await running;
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.json()).toMatchObject({ data: { workspace: { name: mode.world.workspace.name } } });
    expect(await stopped).toEqual({ cut: 0 });
    await expect(askAt(server.url, '{ __typename }')).rejects.toThrow('fetch failed');
  });

  it('is not ready from the first moment, and alive to the last', async () => {
    mode.hold('/api/acme');
    const running = askAt(server.url, QUESTION);
    await until(() => mode.held === 1);

    const stopped = server.stop();
    const ready = await fetch(`${server.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, code: 'STOPPING', reason: 'The gateway is stopping.' },
    ]);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    // Being ready or alive is nobody's question: it holds nothing up.
    mode.release();
    await running;
    await stopped;
  });

  it('goes on taking questions, though it is not ready, for as long as a load balancer needs', async () => {
    const slow = await listen(gateway.yoga, { host: '127.0.0.1', port: 0, drainMs: 600_000, delayMs: 500 });
    const stopped = slow.stop();
    const [ready, answer] = await Promise.all([
      fetch(`${slow.url}/ready`),
      fetch(`${slow.url}/graphql`, post('{ __typename }')),
    ]);
    expect([ready.status, answer.status]).toEqual([503, 200]);
    expect(answer.headers.get('connection')).toBe('close');
    expect(await stopped).toEqual({ cut: 0 });
  });

  it('answers 503 to a further question on a connection that is still finishing one', async () => {
    mode.hold('/api/acme');
    const socket = await open();
    const heard = listenTo(socket);
    socket.write(asking);
    await until(() => mode.held === 1);

    const stopped = server.stop();
    socket.write(asking);
    // Behind the second question on the same machine, so the gateway has read that when it answers this.
    await fetch(`${server.url}/ready`);
    mode.release();
    await once(socket, 'close');
    await stopped;

    expect(statuses(heard.text)).toEqual(['200', '503']);
    expect(heard.text).toMatch(/retry-after: 1/i);
    expect(heard.text).toContain(mode.world.workspace.name);
    expect(mode.ledger.entries).toHaveLength(1);
  });

  it('answers 503 to a question on a connection that was kept open', async () => {
    const kept = await open();
    const heard = listenTo(kept);
    kept.write('GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await until(() => statuses(heard.text).length === 1);
    mode.hold('/api/acme');
    const running = askAt(server.url, QUESTION);
    await until(() => mode.held === 1);

    const stopped = server.stop();
    kept.write(asking);
    await once(kept, 'close');

    expect(statuses(heard.text)).toEqual(['200', '503']);
    mode.release();
    await Promise.all([running, stopped]);
  });

  it('does not wait for connections on which nobody asks anything', async () => {
    const silent = await open();
    const lingering = await askAt(server.url, '{ __typename }');
    expect(lingering.data).toEqual({ __typename: 'Query' });
    const half = await open();
    half.write('POST /graphql HTTP/1.1\r\nhost: gate');
    const gone = Promise.all([silent, half].map(closed));
    await server.stop();
    await gone;
  });

  it('tells those whose question outlasts the drain to come back, and lets its calls go', async () => {
    const hasty = await listen(gateway.yoga, { host: '127.0.0.1', port: 0, drainMs: 20 });
    mode.hold('/api/acme');
    const running = [0, 1].map(() => fetch(`${hasty.url}/graphql`, post(QUESTION)));
    await until(() => mode.held > 0);

    expect(await hasty.stop()).toEqual({ cut: 2 });

    for (const answer of await Promise.all(running)) {
      expect([answer.status, await answer.json()]).toEqual([503, STOPPING]);
    }
    await until(() => gateway.throttle.state().running === 0);
    await until(() => mode.ledger.entries.every(({ aborted }) => aborted));
  });

  it('does not wait for somebody who does not read the last answer', async () => {
    let isAnswered = false;
    const hasty = await listen(
      (_request, response) => {
        response.writeHead(200).write(Buffer.alloc(50_000_000));
        isAnswered = true;
      },
      { host: '127.0.0.1', port: 0, drainMs: 0 },
    );
    const deaf = await open(hasty.url);
    deaf.pause();
    deaf.on('error', () => undefined);
    deaf.write(asking);
    await until(() => isAnswered);
    expect(await hasty.stop()).toEqual({ cut: 1 });
    deaf.destroy();
  });

  it('may be asked for twice', async () => {
    expect(await Promise.all([server.stop(), server.stop()])).toEqual([{ cut: 0 }, { cut: 0 }]);
  });
});
