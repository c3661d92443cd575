import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, gatewayOver, post, startSmallMode, type Answer } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

describe('T2: a crowd that asks the same', () => {
  let mode: Simulator;
  let clock: SteppingClock;
  let gateway: Gateway;

  const open = async (env: Record<string, string>) => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock, size: { reports: 200 }, behaviour: { latencyMs: 100 } });
    gateway = gatewayOver({ ...envFor(mode), MAX_PAGE_SIZE: '1000', ...env }, { clock });
  };

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const tokens = (from: number, to: number) => mode.world.reports.slice(from, to).map(({ token }) => token);
  const report = (place: number) => `{ report(token: "${tokens(place, place + 1)[0] ?? ''}") { name } }`;
  const askWithin = async (seconds: number, query: string): Promise<Answer> => {
    const request = post(query);
    const headers = { ...(request.headers as Record<string, string>), prefer: `wait=${seconds}` };
    return (await (await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers })).json()) as Answer;
  };

  it('costs one call, though only one may be under way at once', async () => {
    await open({ MODE_RATE_LIMIT: '40/10s', MODE_CONCURRENCY: '1' });
    const answers = await clock.drive(
      Promise.all(Array.from({ length: 30 }, () => ask(gateway, report(3)))),
      mode,
      gateway,
    );
    for (const { data } of answers) expect(data).toEqual({ report: { name: mode.world.reports[3]?.name } });
    expect(mode.ledger.entries).toHaveLength(1);
  });

  it('is refused nothing that one call brings, nor keeps anybody else from asking', async () => {
    await open({ MODE_RATE_LIMIT: '40/10s' });
    const fill = 'query ($tokens: [String!]!) { reports(tokens: $tokens) { name } }';
    await clock.drive(ask(gateway, fill, { tokens: tokens(0, 40) }), mode, gateway);
    mode.ledger.clear();
    const crowd = Array.from({ length: 150 }, () => askWithin(20, report(50)));
    const all = Promise.all([...crowd, askWithin(20, report(60))]);
    for (const { errors } of await clock.drive(all, mode, gateway)) expect(errors).toBeUndefined();
    expect(mode.ledger.entries).toHaveLength(2);
    expect(gateway.waitingBatches).toBe(0);
  });

  it('joins what is being read already', async () => {
    await open({ MODE_RATE_LIMIT: '40/10s', MODE_CONCURRENCY: '1' });
    const early = ask(gateway, report(3));
    const late = (async () => {
      while (mode.ledger.entries.length === 0) await new Promise((resolve) => setImmediate(resolve));
      return Promise.all([ask(gateway, report(3)), ask(gateway, report(3))]);
    })();
    await clock.drive(Promise.all([early, late]), mode, gateway);
    expect(mode.ledger.entries).toHaveLength(1);
  });
});
