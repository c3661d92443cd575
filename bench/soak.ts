/**
 * Ten minutes of all the work there is: lists without a pause, reads of REST at the limit, and all of the catalog read anew
 * every minute. Nothing may be refused by Mode, fail, slow down or grow.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { troubleWith, WARM_QUESTIONS } from './asking.ts';
import { memoryOf, median, partOf, type Memory } from './measures.ts';
import { round, table } from './table.ts';
import { startWarmGateway } from './warm-gateway.ts';

const MINUTES = Number(process.env.BENCH_SOAK_MINUTES ?? 10);
const LIST_CLIENTS = 8;
/** More than the limit serves, so that there is always one to go. */
const READ_CLIENTS = 12;

interface Minute {
  readonly lists: number[];
  readonly reads: number[];
  readonly memory: Memory[];
  readonly trouble: Record<string, number>;
}

interface LedgerEntry {
  readonly api: string;
  readonly status: number;
}

export async function benchSoak(): Promise<object> {
  const gateway = await startWarmGateway({ CATALOG_MAX_AGE: '1m', OPERATION_TIMEOUT: '60s' });
  const { endpoint, modeUrl } = gateway;
  try {
    const tokens = await reportTokens(endpoint);
    const minutes: Minute[] = [];
    const begun = performance.now();
    const now = (): Minute => {
      const at = Math.floor((performance.now() - begun) / 60_000);
      return (minutes[at] ??= { lists: [], reads: [], memory: [], trouble: {} });
    };
    const isOver = (): boolean => performance.now() - begun >= MINUTES * 60_000;
    const client = async (
      kind: 'lists' | 'reads',
      questionAt: (turn: number) => string,
      first: number,
    ): Promise<void> => {
      for (let turn = first; !isOver(); turn++) {
        const startedAt = performance.now();
        const trouble = await troubleWith(endpoint, questionAt(turn));
        const minute = now();
        minute[kind].push(performance.now() - startedAt);
        if (trouble !== undefined) minute.trouble[trouble] = (minute.trouble[trouble] ?? 0) + 1;
      }
    };
    const list = (turn: number): string => WARM_QUESTIONS[turn % WARM_QUESTIONS.length] ?? '';
    // What Discovery does not know is read, report by report.
    const read = (turn: number): string =>
      `{ report(token: "${tokens[turn % tokens.length] ?? ''}") { name archived } }`;
    const watch = setInterval(() => void memoryOf(endpoint).then((seen) => now().memory.push(seen)), 2_000);
    await Promise.all([
      ...Array.from({ length: LIST_CLIENTS }, (_, n) => client('lists', list, n)),
      ...Array.from({ length: READ_CLIENTS }, (_, n) => client('reads', read, n * 300)),
      sleep(MINUTES * 60_000),
    ]);
    clearInterval(watch);
    const { entries } = (await (await fetch(`${modeUrl}/_simulator/ledger`)).json()) as { entries: LedgerEntry[] };
    const told = minutes.slice(0, MINUTES).map(summary);
    const refused = entries.filter(({ status }) => status === 429).length;
    report(told, entries, refused);
    return { minutes: told, calls: entries.length, refused };
  } finally {
    await gateway.stop();
  }
}

function summary({ lists, reads, memory, trouble }: Minute) {
  return {
    lists: lists.length,
    listsP99Ms: partOf(lists, 0.99),
    reads: reads.length,
    leastHeapMb: Math.min(...memory.map(({ heapMb }) => heapMb)),
    heapRoomMb: median(memory.map(({ heapRoomMb }) => heapRoomMb)),
    residentMb: median(memory.map(({ residentMb }) => residentMb)),
    trouble,
  };
}

function report(
  minutes: readonly ReturnType<typeof summary>[],
  entries: readonly LedgerEntry[],
  refused: number,
): void {
  const discovery = entries.filter(({ api }) => api === 'DISCOVERY').length;
  console.log(`
  ${LIST_CLIENTS} clients ask lists without a pause, ${READ_CLIENTS} have reports read, all of the catalog is read anew every minute.
  Calls to Mode: ${entries.length - discovery} to REST, ${discovery} to Discovery; ${refused} were refused (429).
`);
  table(
    ['minute', 'lists', 'p99 ms', 'reads', 'least heap MB', 'heap room MB', 'resident MB', 'trouble'],
    minutes.map(({ lists, listsP99Ms, reads, leastHeapMb, heapRoomMb, residentMb, trouble }, at) => [
      at + 1,
      lists,
      round(listsP99Ms),
      reads,
      round(leastHeapMb),
      round(heapRoomMb),
      round(residentMb),
      JSON.stringify(trouble),
    ]),
  );
}

async function reportTokens(endpoint: string): Promise<string[]> {
  const tokens: string[] = [];
  let after = 'null';
  do {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `{ workspace { reports(first: 100, after: ${after}) { pageInfo { hasNextPage endCursor } nodes { token } } } }`,
      }),
    });
    const { data } = (await response.json()) as {
      data: {
        workspace: { reports: { pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { token: string }[] } };
      };
    };
    const { pageInfo, nodes } = data.workspace.reports;
    tokens.push(...nodes.map(({ token }) => token));
    if (!pageInfo.hasNextPage) return tokens;
    after = JSON.stringify(pageInfo.endCursor);
  } while (tokens.length < 10_000);
  return tokens;
}
