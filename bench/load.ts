/** Many clients with warm questions beside one that sends nothing but trouble: who notices, and what memory does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HOSTILE } from '../tests/support/hostile-corpus.ts';
import { troubleWith, WARM_QUESTIONS } from './asking.ts';
import { memoryOf, median, partOf, type Memory } from './measures.ts';
import { round, table } from './table.ts';
import { startWarmGateway } from './warm-gateway.ts';

const CLIENTS = 200;
const WARM_UP_MS = 15_000;
const ALONE_MS = 30_000;
/** A minute by default; several, to see whether memory levels off. */
const LOADED_MS = Number(process.env.BENCH_LOADED_SECONDS ?? 60) * 1_000;
/** Between an answer and its client’s next question: as people ask, who read what they get. */
const PAUSE_MS = 6_000;

/** Parts of the loaded time that are compared with each other. */
const PARTS = 6;

interface Phase {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no 200 without errors, by what they were. */
  readonly other: Readonly<Record<string, number>>;
}

export async function benchLoad(): Promise<object> {
  const gateway = await startWarmGateway();
  const { endpoint } = gateway;
  try {
    await phase(endpoint, WARM_UP_MS);
    const alone = await phase(endpoint, ALONE_MS);
    const memory: Memory[] = [];
    const trouble = beTrouble(endpoint);
    const watch = setInterval(() => void memoryOf(endpoint).then((seen) => memory.push(seen)), 1_000);
    const loaded = await phase(endpoint, LOADED_MS);
    clearInterval(watch);
    const sent = await trouble.stop();
    report(alone, loaded, memory, sent);
    return { clients: CLIENTS, pauseMs: PAUSE_MS, alone, loaded, memory, hostileRequests: sent };
  } finally {
    await gateway.stop();
  }
}

function report(alone: Phase, loaded: Phase, memory: readonly Memory[], sent: number): void {
  console.log(
    `\n  ${CLIENTS} clients, each asking one of ${WARM_QUESTIONS.length} warm questions ${PAUSE_MS} ms after its last answer\n`,
  );
  const row = (name: string, { answers, perSecond, p50Ms, p99Ms, other }: Phase) =>
    [name, answers, round(perSecond), round(p50Ms), round(p99Ms), JSON.stringify(other)] as const;
  table(
    ['', 'answers', 'a second', 'p50 ms', 'p99 ms', 'anything but 200'],
    [row('alone', alone), row('beside a hostile client', loaded)],
  );
  const part = Math.ceil(memory.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, index) => memory.slice(index * part, (index + 1) * part));
  console.log(`
  The hostile client sent ${sent} documents and bodies meanwhile; p99 is ${round(loaded.p99Ms / alone.p99Ms)} times what it was without.
  Memory in each sixth of the ${LOADED_MS / 1_000} s, its least heap (what no collection took away) and its middling resident size:
`);
  table(
    ['', 'heap MB', 'resident MB'],
    parts.map((seen, index) => [
      `${index + 1}`,
      round(Math.min(...seen.map(({ heapMb }) => heapMb))),
      round(median(seen.map(({ residentMb }) => residentMb))),
    ]),
  );
}

interface Trouble {
  /** Requests sent so far. */
  stop(): Promise<number>;
}

/** One client that sends what nobody should, one thing after the other, and waits for each refusal, the slow ones too. */
function beTrouble(endpoint: string): Trouble {
  const url = endpoint.replace(/\/graphql$/, '');
  let sent = 0;
  const state = { isOver: false };
  // What waits for a timeout would keep this client from sending anything else.
  const swift = HOSTILE.filter(({ expected }) => expected.code !== 'REQUEST_TIMEOUT');
  const slow = HOSTILE.filter(({ expected }) => expected.code === 'REQUEST_TIMEOUT');
  const run = async (corpus: readonly (typeof HOSTILE)[number][]): Promise<void> => {
    for (let turn = 0; !state.isOver; turn++) {
      await corpus[turn % corpus.length]?.send(url).catch(() => undefined);
      sent++;
    }
  };
  const running = Promise.all([run(swift), run(slow)]);
  return {
    async stop() {
      state.isOver = true;
      await Promise.race([running, sleep(5_000)]);
      return sent;
    },
  };
}

/** All clients for so long; times are those of whole answers, as their client sees them. */
async function phase(endpoint: string, lengthMs: number): Promise<Phase> {
  const times: number[] = [];
  const other: Record<string, number> = {};
  const until = performance.now() + lengthMs;
  const client = async (start: number): Promise<void> => {
    await sleep((start / CLIENTS) * PAUSE_MS);
    for (let turn = start; performance.now() < until; turn++) {
      const startedAt = performance.now();
      const outcome = await troubleWith(endpoint, WARM_QUESTIONS[turn % WARM_QUESTIONS.length] ?? '');
      times.push(performance.now() - startedAt);
      if (outcome !== undefined) other[outcome] = (other[outcome] ?? 0) + 1;
      await sleep(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, start) => client(start)));
  return {
    answers: times.length,
    perSecond: times.length / (lengthMs / 1_000),
    p50Ms: partOf(times, 0.5),
    p99Ms: partOf(times, 0.99),
    other,
  };
}
