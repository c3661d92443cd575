import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Gateway } from '../../src/gateway.ts';
import type { RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, gatewayOver, post, serve, startSmallMode, until, type Answer } from '../support/gateway.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const CLIENTS = 500;

describe('T2: 500 clients ask over sockets, and half of them hang up at random moments', () => {
  let mode: Simulator;
  let clock: SteppingClock;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock, size: { reports: CLIENTS }, behaviour: { latencyMs: 100 } });
    gateway = gatewayOver({ ...envFor(mode), OPERATION_TIMEOUT: '1h' }, { clock });
    server = await serve(gateway);
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await gateway.dispose();
    await mode.close();
  });

  it('no call is made for those who left, beyond what was under way, and all others are answered', async () => {
    const random = seededRandom(17);
    const reports = mode.world.reports;
    const clients = reports.map(({ token, name }) => {
      const controller = new AbortController();
      const request = post(`{ report(token: "${token}") { name } }`);
      const end = fetch(`${server.url}/graphql`, { ...request, signal: controller.signal }).then(
        async (response) => ((await response.json()) as Answer).data,
        () => 'hung up' as const,
      );
      return { token, name, controller, end, leaves: random() < 0.5, left: false, wasAsked: false };
    });
    const asked = (token: string): boolean => mode.ledger.entries.some(({ path }) => path.includes(token));
    /** Nothing moves any more until time does. */
    const settled = () =>
      until(() => {
        const { running, queued } = gateway.throttle.state();
        const waiting = mode.ledger.entries.filter(({ answeredAt }) => answeredAt === undefined).length;
        return running === waiting && (running === 4 || queued === 0);
      });
    await until(() => gateway.throttle.state().queued === CLIENTS - 4);

    const leavers = clients.filter(({ leaves }) => leaves);
    while (leavers.some(({ left }) => !left) || gateway.throttle.state().running > 0) {
      await settled();
      // Some of them, each time that some calls have been answered.
      const wave = leavers.filter(({ left }) => !left && random() < 0.15);
      const before = gateway.throttle.state();
      let queuedLeavers = 0;
      for (const client of wave) {
        client.left = true;
        client.wasAsked = asked(client.token);
        if (!client.wasAsked) queuedLeavers++;
        client.controller.abort();
      }
      // The gateway has heard of all of them: those who were waiting are gone, whoever takes the place of those cut.
      const cut = wave.filter(({ wasAsked, token }) => {
        const entry = mode.ledger.entries.find(({ path }) => path.includes(token));
        return wasAsked && entry?.answeredAt === undefined;
      }).length;
      await until(() => {
        const now = gateway.throttle.state();
        return now.queued + now.running === before.queued + before.running - queuedLeavers - cut;
      });
      await settled();
      clock.skip(100);
    }

    const ends = await Promise.all(clients.map(({ end }) => end));
    for (const [place, client] of clients.entries()) {
      if (!client.leaves) expect(ends[place]).toEqual({ report: { name: client.name } });
      // Whoever left before its call had gone never had one made.
      if (client.left && !client.wasAsked) expect(asked(client.token)).toBe(false);
    }
    expect(leavers.filter(({ wasAsked }) => !wasAsked).length).toBeGreaterThan(50);
    expect(gateway.throttle.state()).toMatchObject({ queued: 0, running: 0 });
    expect([...mode.ledger.duplicates()]).toEqual([]);
  }, 120_000);
});

it('T2: 10,000 questions whose callers hang up leave nothing behind on the heap', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'tests/support/abort-much.ts'],
    { timeout: 290_000 },
  );
  const { growthBytes, left } = JSON.parse(stdout) as { growthBytes: readonly number[]; left: unknown };
  expect(left).toEqual({ queued: 0, running: 0, demand: 0 });
  expect(Math.min(...growthBytes)).toBeLessThan(100);
}, 300_000);
