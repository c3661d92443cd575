/**
 * T1 over several gateways: three real processes, one real Redis, one simulated Mode with the real limit, full load.
 * Mode is a process of its own too: its clock must not stand still while jest is busy. Both runs go on at the same
 * time: they mostly wait.
 */
import type { LedgerEntry } from '../../src/simulator/ledger.ts';
import { buildWorld } from '../../src/simulator/world/build-world.ts';
import { fullWorldSize } from '../../src/simulator/world/world-size.ts';
import { Command } from '../support/command.ts';
import { askAt, type Answer } from '../support/gateway.ts';
import { describeWithRedis, RedisServer } from '../support/redis-server.ts';

const LIMIT = 40;
const WINDOW_MS = 10_000;
const CLIENTS = 8;

interface Run {
  readonly entries: readonly LedgerEntry[];
  readonly answers: readonly Answer[];
  readonly seconds: number;
}

/** The world that `mode-graphql simulator` makes when nothing else is said. */
const tokensOf = (): string[] => buildWorld(1, 'acme', fullWorldSize({})).reports.map(({ token }) => token);

async function startMode(): Promise<{ readonly process: Command; readonly env: Record<string, string> }> {
  const process = new Command(['simulator', '--port', '0']);
  await process.says(/Its ledger of calls/);
  const env: Record<string, string> = Object.fromEntries(
    [...process.stdout.matchAll(/export (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value] as const),
  );
  const behaviour = JSON.stringify({ latencyMs: 120, weight: 'light' });
  await fetch(`${env.MODE_BASE_URL ?? ''}/_simulator/behaviour`, { method: 'PATCH', body: behaviour });
  return { process, env };
}

async function ledgerOf({ MODE_BASE_URL = '' }: Record<string, string>): Promise<LedgerEntry[]> {
  const response = await fetch(`${MODE_BASE_URL}/_simulator/ledger`);
  return ((await response.json()) as { entries: LedgerEntry[] }).entries;
}

/** Keeps every gateway's queue full for so long; what is read is never read twice. */
async function load(
  seconds: number,
  disturb: (redis: RedisServer, wait: (ms: number) => Promise<void>) => Promise<void>,
): Promise<Run> {
  const tokens = tokensOf();
  const [mode, redis] = await Promise.all([startMode(), RedisServer.start()]);
  const env = { ...mode.env, PORT: '0', MODE_DISCOVERY: 'off', CATALOG_DIR: 'off', REDIS_URL: redis.url };
  const gateways = [1, 2, 3].map(() => new Command(['serve'], { env }));
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const answers: Answer[] = [];
  let isOver = false;
  const client = async (url: string): Promise<void> => {
    while (!isOver) answers.push(await askAt(url, `{ report(token: "${tokens.pop() ?? ''}") { token name } }`));
  };
  try {
    const urls = await Promise.all(
      gateways.map(async (gateway) => (await gateway.says(/(http:\/\/127\.0\.0\.1:\d+)\/graphql/))[1] ?? ''),
    );
    const clients = urls.flatMap((url) => Array.from({ length: CLIENTS }, () => client(url)));
    await Promise.all([wait(seconds * 1_000), disturb(redis, wait)]);
    isOver = true;
    await Promise.all(clients);
    return { entries: await ledgerOf(mode.env), answers, seconds };
  } finally {
    const processes = [...gateways, mode.process];
    for (const process of processes) process.signal('SIGTERM');
    await Promise.all(processes.map(({ exit }) => exit));
    await redis.stop();
  }
}

const statuses = ({ entries }: Run): number[] => [...new Set(entries.map(({ status }) => status))];

/** Calls that shared a window with 40 before them, and by how many milliseconds: none, or a story to be told. */
function tooSoon({ entries }: Run): object[] {
  const start = entries[0]?.at ?? 0;
  return entries.flatMap(({ at, status }, place) => {
    const before = entries[place - LIMIT];
    const early = before ? before.at + WINDOW_MS - at : 0;
    return before && early > 0
      ? [{ early, status, after: at - start, beforeTook: (before.answeredAt ?? 0) - before.at }]
      : [];
  });
}

describeWithRedis('T1: three gateways of one API key, under full load', () => {
  let undisturbed: Run;
  let killed: Run;

  beforeAll(async () => {
    [undisturbed, killed] = await Promise.all([
      load(60, () => Promise.resolve()),
      load(75, async (redis, wait) => {
        await wait(15_000);
        await redis.kill();
        // Fifteen seconds in which nobody calls, then thirteen calls of each.
        await wait(30_000);
        await redis.restart();
      }),
    ]);
  }, 180_000);

  it('never make more than 40 calls in any ten seconds, and Mode refuses none', () => {
    expect(tooSoon(undisturbed)).toEqual([]);
    expect(statuses(undisturbed)).toEqual([200]);
  });

  it('use at least nine tenths of what they may', () => {
    const { entries } = undisturbed;
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
    expect(tooSoon(killed)).toEqual([]);
    expect(statuses(killed)).toEqual([200]);
    // They went on meanwhile, on their shares, and afterwards together again.
    const { entries } = killed;
    const from = entries[0]?.at ?? 0;
    const during = entries.filter(({ at }) => at > from + 25_000 && at < from + 42_000);
    const afterwards = entries.filter(({ at }) => at > from + 60_000 && at < from + 75_000);
    expect(during.length).toBeGreaterThan(0);
    expect(afterwards.length).toBeGreaterThan(0);
  });
});
