/** Many clients with warm questions beside one that sends nothing but trouble: who notices, and what memory does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from '../tests/support/command.ts';
import { HOSTILE } from '../tests/support/hostile-corpus.ts';
import { round, table } from './table.ts';

const CLIENTS = 200;
const WARM_UP_MS = 15_000;
const ALONE_MS = 30_000;
const LOADED_MS = 60_000;
/** Between an answer and its client’s next question: as people ask, who read what they get. */
const PAUSE_MS = 6_000;

const QUESTIONS = [
  '{ workspace { name collections(first: 20) { totalCount nodes { name webUrl } } } }',
  '{ workspace { reports(first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { id name updatedAt } } } }',
  '{ workspace { reports(first: 10, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) { nodes { name lastViewedAt } } } }',
  '{ workspace { queries(first: 20, filter: { sqlContains: "orders" }) { totalCount nodes { name } } } }',
  '{ workspace { charts(first: 20) { totalCount nodes { title type } } } }',
  '{ workspace { collections(first: 5) { nodes { name reports(first: 5) { totalCount nodes { name } } } } } }',
  '{ catalog { state counts { reports } } rateLimit { remaining } }',
];

interface Phase {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no 200 without errors, by what they were. */
  readonly other: Readonly<Record<string, number>>;
}

export async function benchLoad(): Promise<object> {
  const mode = new Command(['simulator', '--port', '0']);
  const [, url = ''] = await mode.says(/listening on (\S+)/);
  const variable = (name: string): string => new RegExp(`${name}=(\\S+)`).exec(mode.stdout)?.[1] ?? '';
  const gateway = new Command(['serve'], {
    env: {
      MODE_BASE_URL: url,
      MODE_WORKSPACE: variable('MODE_WORKSPACE'),
      MODE_API_TOKEN: variable('MODE_API_TOKEN'),
      MODE_API_SECRET: variable('MODE_API_SECRET'),
      MODE_DISCOVERY: 'mint',
      CATALOG_DIR: 'off',
      CATALOG_MAX_AGE: '1h',
      PORT: '0',
      LOG_LEVEL: 'info',
    },
  });
  try {
    const [, endpoint = ''] = await gateway.says(/"url":"(http[^"]+)"/);
    await untilWarm(endpoint);
    await phase(endpoint, WARM_UP_MS);
    const alone = await phase(endpoint, ALONE_MS);
    const memory: number[] = [];
    const trouble = beTrouble(endpoint);
    const watch = setInterval(() => void residentMb(endpoint).then((mb) => memory.push(mb)), 1_000);
    const loaded = await phase(endpoint, LOADED_MS);
    clearInterval(watch);
    const sent = await trouble.stop();
    report(alone, loaded, memory, sent);
    return { clients: CLIENTS, pauseMs: PAUSE_MS, alone, loaded, residentMb: memory, hostileRequests: sent };
  } finally {
    gateway.signal('SIGTERM');
    await gateway.exit;
    mode.signal('SIGTERM');
    await mode.exit;
  }
}

function report(alone: Phase, loaded: Phase, memory: readonly number[], sent: number): void {
  console.log(
    `\n  ${CLIENTS} clients, each asking one of ${QUESTIONS.length} warm questions ${PAUSE_MS} ms after its last answer\n`,
  );
  const row = (name: string, { answers, perSecond, p50Ms, p99Ms, other }: Phase) =>
    [name, answers, round(perSecond), round(p50Ms), round(p99Ms), JSON.stringify(other)] as const;
  table(
    ['', 'answers', 'a second', 'p50 ms', 'p99 ms', 'anything but 200'],
    [row('alone', alone), row('beside a hostile client', loaded)],
  );
  const third = Math.floor(memory.length / 3);
  const [first, last] = [median(memory.slice(0, third)), median(memory.slice(-third))];
  console.log(`
  The hostile client sent ${sent} documents and bodies meanwhile; p99 is ${round(loaded.p99Ms / alone.p99Ms)} times what it was without.
  Resident memory: ${round(first)} MB in the first third of it, ${round(last)} MB in the last.
`);
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

async function residentMb(endpoint: string): Promise<number> {
  const text = await (await fetch(endpoint.replace(/graphql$/, 'metrics'))).text();
  return Number(/^mode_graphql_process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0) / 1_048_576;
}

async function untilWarm(endpoint: string): Promise<void> {
  for (;;) {
    const { data } = (await ask(endpoint, '{ catalog { state } }')).body as { data: { catalog: { state: string } } };
    if (data.catalog.state === 'READY') return;
    await sleep(500);
  }
}

async function ask(endpoint: string, query: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
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
      const outcome = await ask(endpoint, QUESTIONS[turn % QUESTIONS.length] ?? '').then(
        ({ status, body }) => (status === 200 && !('errors' in (body as object)) ? undefined : `status ${status}`),
        () => 'no answer',
      );
      times.push(performance.now() - startedAt);
      if (outcome !== undefined) other[outcome] = (other[outcome] ?? 0) + 1;
      await sleep(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, start) => client(start)));
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return {
    answers: times.length,
    perSecond: times.length / (lengthMs / 1_000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    other,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
