/**
 * T1 over several gateways: three real processes, one real Redis, one simulated Mode with the real limit, full load.
 * Both runs go on at the same time: they mostly wait.
 */
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { Command } from '../support/command.ts';
import { askAt, envFor, type Answer } from '../support/gateway.ts';
import { describeWithRedis, RedisServer } from '../support/redis-server.ts';

const LIMIT = 40;
const WINDOW_MS = 10_000;
const CLIENTS = 8;

interface Run {
  readonly mode: Simulator;
  readonly answers: readonly Answer[];
  readonly seconds: number;
}

async function startGateways(mode: Simulator, redis: RedisServer): Promise<{ gateways: Command[]; urls: string[] }> {
  const env = { ...envFor(mode), MODE_RATE_LIMIT: '40/10s', REDIS_URL: redis.url, LOG_LEVEL: 'info' };
  const gateways = [1, 2, 3].map(() => new Command(['serve'], { env }));
  const urls = await Promise.all(
    gateways.map(async (gateway) => (await gateway.says(/(http:\/\/127\.0\.0\.1:\d+)\/graphql/))[1] ?? ''),
  );
  return { gateways, urls };
}

/** Keeps every gateway's queue full for so long; what is read is never read twice. */
async function load(
  seconds: number,
  disturb: (redis: RedisServer, wait: (ms: number) => Promise<void>) => Promise<void>,
): Promise<Run> {
  const mode = await startSimulator({
    size: { collections: 10, reports: 2_000, members: 10, dataSources: 3 },
    behaviour: { weight: 'light', latencyMs: 120 },
  });
  const redis = await RedisServer.start();
  const { gateways, urls } = await startGateways(mode, redis);
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const answers: Answer[] = [];
  const tokens = mode.world.reports.map(({ token }) => token);
  let isOver = false;
  const client = async (url: string): Promise<void> => {
    while (!isOver) answers.push(await askAt(url, `{ report(token: "${tokens.pop() ?? ''}") { token name } }`));
  };
  try {
    const clients = urls.flatMap((url) => Array.from({ length: CLIENTS }, () => client(url)));
    await Promise.all([wait(seconds * 1_000), disturb(redis, wait)]);
    isOver = true;
    await Promise.all(clients);
    return { mode, answers, seconds };
  } finally {
    for (const gateway of gateways) gateway.signal('SIGTERM');
    await Promise.all(gateways.map(({ exit }) => exit));
    await redis.stop();
    await mode.close();
  }
}

describeWithRedis('T1: three gateways of one API key, under full load', () => {
  let undisturbed: Run;
  let killed: Run;

  beforeAll(async () => {
    [undisturbed, killed] = await Promise.all([
      load(60, () => Promise.resolve()),
      load(70, async (redis, wait) => {
        await wait(20_000);
        await redis.kill();
        await wait(22_000);
        await redis.restart();
      }),
    ]);
  }, 180_000);

  it('never make more than 40 calls in any ten seconds, and Mode refuses none', () => {
    expect(undisturbed.mode.ledger.maxInWindow(WINDOW_MS)).toBeLessThanOrEqual(LIMIT);
    expect(Object.keys(undisturbed.mode.ledger.countByStatus())).toEqual(['200']);
  });

  it('use at least nine tenths of what they may', () => {
    const { entries } = undisturbed.mode.ledger;
    const from = entries[0]?.at ?? 0;
    const made = entries.filter(({ at }) => at < from + undisturbed.seconds * 1_000).length;
    expect(made / ((undisturbed.seconds * 1_000 * LIMIT) / WINDOW_MS)).toBeGreaterThanOrEqual(0.9);
  });

  it('all answer, and none is starved by the others', () => {
    for (const { answers } of [undisturbed, killed]) {
      expect(answers.filter(({ errors }) => errors !== undefined)).toEqual([]);
      expect(answers.every(({ data }) => (data as { report: unknown }).report !== null)).toBe(true);
    }
  });

  it('the same when Redis is killed half-way and comes back empty: no question fails, and never above 40', () => {
    expect(killed.mode.ledger.maxInWindow(WINDOW_MS)).toBeLessThanOrEqual(LIMIT);
    expect(Object.keys(killed.mode.ledger.countByStatus())).toEqual(['200']);
    // They went on meanwhile, on their shares, and afterwards together again.
    const { entries } = killed.mode.ledger;
    const from = entries[0]?.at ?? 0;
    const during = entries.filter(({ at }) => at > from + 34_000 && at < from + 42_000);
    const afterwards = entries.filter(({ at }) => at > from + 56_000 && at < from + 70_000);
    expect(during.length).toBeGreaterThan(0);
    expect(afterwards.length).toBeGreaterThan(0);
  });
});
