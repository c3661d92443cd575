import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Gateway } from '../../src/gateway.ts';
import { listen, type RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { askAt, envFor, gatewayOver, serve, startSmallMode, until } from '../support/gateway.ts';

describe('stopping', () => {
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeEach(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
    // A drain as long as this fails the test by its timeout, should `stop` ever wait for it.
    server = await serve(gateway, 600_000);
  });

  afterEach(async () => {
    await server.stop();
    await mode.close();
  });

  const holdMode = (): void => {
    mode.faults.inject({ match: '/api/acme', kind: 'slow', delayMs: 300, times: 1 });
  };
  const isRunning = (): boolean => mode.ledger.entries.length > 0;
  /** Whether ended in order or reset: what was half asked is lost either way. */
  const closed = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        resolve();
      });
    });
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };

  it('finishes a running question and refuses new connections', async () => {
    holdMode();
    const running = askAt(server.url, '{ workspace { name } }');
    await until(isRunning);

    const stopped = server.stop();
    await expect(askAt(server.url, '{ __typename }')).rejects.toThrow('fetch failed');

    expect((await running).data).toEqual({ workspace: { name: mode.world.workspace.name } });
    await stopped;
  });

  it('answers 503 to a further question on a connection that is still finishing one', async () => {
    holdMode();
    const socket = await open();
    let heard = '';
    socket.on('data', (data: Buffer) => (heard += data.toString('utf8')));
    const body = JSON.stringify({ query: '{ workspace { name } }' });
    const request = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    socket.write(request);
    await until(isRunning);

    const stopped = server.stop();
    socket.write(request);
    await once(socket, 'close');
    await stopped;

    expect([...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '503']);
    expect(heard).toMatch(/retry-after: 1/i);
    expect(heard).toContain(mode.world.workspace.name);
    expect(mode.ledger.entries).toHaveLength(1);
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

  it('cuts what outlasts the drain', async () => {
    const hasty = await listen(gateway.yoga, { host: '127.0.0.1', port: 0, drainMs: 20 });
    mode.faults.inject({ match: '/api/acme', kind: 'slow', delayMs: 600_000 });
    const running = askAt(hasty.url, '{ workspace { name } }').catch(() => 'cut');
    await until(isRunning);

    await hasty.stop();

    expect(await running).toBe('cut');
    await until(() => gateway.throttle.state().running === 0);
  });

  it('may be asked for twice', async () => {
    await Promise.all([server.stop(), server.stop()]);
  });
});
