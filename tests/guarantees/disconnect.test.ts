import type { Gateway } from '../../src/gateway.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { askAt, envFor, gatewayOver, post, serve, startSmallMode, until } from '../support/gateway.ts';

describe('a caller who hangs up in the middle of a question', () => {
  const unforeseen: unknown[] = [];
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 25, reports: 60 } });
    gateway = gatewayOver(envFor(mode), { reportError: (error) => unforeseen.push(error) });
    server = await serve(gateway);
  });

  afterAll(async () => {
    await server.stop();
    await mode.close();
  });

  it('costs no call that had not started, wakes nobody, and leaves the way free for the next caller', async () => {
    const held = mode.faults.inject({ match: /spaces\/\w+\/reports/, kind: 'slow', delayMs: 600_000 });
    const hangUp = new AbortController();
    const question = fetch(`${server.url}/graphql`, {
      ...post('{ workspace { reports { totalCount nodes { queries { totalCount } } } } }'),
      signal: hangUp.signal,
    });
    const outcome = question.then(
      () => 'answered',
      () => 'hung up',
    );
    await until(() => mode.ledger.entries.filter((entry) => entry.answeredAt === undefined).length === 4);
    await until(() => gateway.throttle.state().queued === 21);
    const sent = mode.ledger.entries.length;

    hangUp.abort();

    expect(await outcome).toBe('hung up');
    await until(() => gateway.throttle.state().running === 0);
    expect(gateway.throttle.state().queued).toBe(0);
    await until(() => mode.ledger.entries.every((entry) => entry.answeredAt !== undefined));
    expect(mode.ledger.calls({ path: /spaces\/\w+\/reports/ }).map((entry) => entry.aborted)).toEqual([
      true,
      true,
      true,
      true,
    ]);

    held.remove();
    const next = await askAt(server.url, '{ workspace { name } }');
    expect(next.data).toEqual({ workspace: { name: mode.world.workspace.name } });
    expect(mode.ledger.entries).toHaveLength(sent + 1);
    expect(unforeseen).toEqual([]);
  });
});
