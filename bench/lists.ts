/**
 * How fast lists are answered that the catalog holds, as a share of what a bare Yoga does with the same bytes: a question
 * that is asked again, and one that is worked out each time. All run beside each other and are asked in turns, so that a
 * busy machine slows all of them.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { round, table } from './table.ts';
import { startWarmGateway } from './warm-gateway.ts';

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 3;

export interface ListsEffort {
  /** An odd number: the middle one counts. */
  readonly rounds: number;
  /** For each of a round’s turns. */
  readonly seconds: number;
}

const USUAL: ListsEffort = { rounds: 3, seconds: 3 };

const ROW = 'id token name description createdAt updatedAt webUrl viewCount creator { name }';
const list = (first: number): string =>
  `{ workspace { reports(first: ${first}, orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${ROW} } } } } }`;

const QUESTIONS: readonly { readonly name: string; readonly query: string }[] = [
  { name: '50 reports', query: list(50) },
  { name: '1,000 reports', query: list(1_000) },
  {
    name: 'Q4: viewed last',
    query:
      '{ workspace { reports(first: 10, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) { nodes { name lastViewedAt } } } }',
  },
  {
    name: 'Q6: SQL names a table',
    query:
      '{ workspace { queries(first: 50, filter: { usesIdentifier: "orders" }) { totalCount nodes { name sql report { name } } } } }',
  },
];

interface Speed {
  readonly perSecond: number;
  readonly p99Ms: number;
}

export interface Compared {
  readonly name: string;
  readonly bytes: number;
  /** Asked the same again. */
  readonly again: Speed;
  /** Keeping no answer: what any other page of the list takes. */
  readonly anew: Speed;
  readonly constant: Speed;
  /** Of the constant’s answers a second. */
  readonly shareAgain: number;
  readonly shareAnew: number;
}

export interface ListsFigures extends ListsEffort {
  readonly connections: number;
  readonly lists: readonly Compared[];
}

/** @param only names of questions; all, if none are given */
export async function benchLists(effort: ListsEffort = USUAL, only?: readonly string[]): Promise<ListsFigures> {
  const keeping = await startWarmGateway({ MAX_PAGE_SIZE: '1000' });
  const forgetting = await startWarmGateway({ MAX_PAGE_SIZE: '1000', ANSWER_CACHE_SIZE: '0MB' });
  const folder = await mkdtemp(join(tmpdir(), 'bench-lists-'));
  try {
    const compared: Compared[] = [];
    const gateways = { again: keeping.endpoint, anew: forgetting.endpoint };
    const questions = QUESTIONS.filter(({ name }) => only?.includes(name) ?? true);
    for (const question of questions) compared.push(await compare(gateways, folder, question, effort));
    report(compared);
    return { connections: CONNECTIONS, ...effort, lists: compared };
  } finally {
    await Promise.all([keeping.stop(), forgetting.stop(), rm(folder, { recursive: true, force: true })]);
  }
}

function report(compared: readonly Compared[]): void {
  console.log(
    `\n  Lists the catalog holds, ${CONNECTIONS} connections, beside a bare Yoga that sends the same bytes\n`,
  );
  table(
    ['', 'KB', 'again: a second', 'p99 ms', 'anew: a second', 'p99 ms', 'bare: a second', 'p99 ms', 'again', 'anew'],
    compared.map(({ name, bytes, again, anew, constant, shareAgain, shareAnew }) => [
      name,
      round(bytes / 1024),
      ...[again, anew, constant].flatMap(({ perSecond, p99Ms }) => [round(perSecond), round(p99Ms)]),
      `${round(shareAgain * 100)} %`,
      `${round(shareAnew * 100)} %`,
    ]),
  );
}

async function compare(
  gateways: Readonly<Record<'again' | 'anew', string>>,
  folder: string,
  { name, query }: { name: string; query: string },
  { rounds, seconds }: ListsEffort,
): Promise<Compared> {
  const body = JSON.stringify({ query });
  const answer = await fetch(gateways.again, { method: 'POST', headers: HEADERS, body });
  const text = await answer.text();
  if (text.includes('"errors"')) throw new Error(text.slice(0, 2_000));
  const file = join(folder, 'answer.json');
  await writeFile(file, text);
  const constant = await startConstant(file);
  try {
    const asked = { ...gateways, constant: constant.url };
    const speeds: Record<keyof typeof asked, Speed[]> = { again: [], anew: [], constant: [] };
    // What is not yet compiled, and is asked in rounds of a second, looks slower than it is.
    for (const url of Object.values(asked)) await fire(url, body, WARM_UP_SECONDS);
    for (let turn = 0; turn < rounds; turn++)
      for (const each of ['again', 'anew', 'constant'] as const)
        speeds[each].push(await fire(asked[each], body, seconds));
    const [again, anew, bare] = [middle(speeds.again), middle(speeds.anew), middle(speeds.constant)];
    const shares = { shareAgain: again.perSecond / bare.perSecond, shareAnew: anew.perSecond / bare.perSecond };
    return { name, bytes: Buffer.byteLength(text), again, anew, constant: bare, ...shares };
  } finally {
    constant.stop();
  }
}

const HEADERS = { 'content-type': 'application/json' };

async function fire(url: string, body: string, seconds: number): Promise<Speed> {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: HEADERS,
    body,
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (result.non2xx + result.errors + result.timeouts > 0) {
    throw new Error(`${url}: ${result.non2xx} were refused, ${result.errors + result.timeouts} got no answer`);
  }
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

/** Of an odd number. */
function middle(speeds: readonly Speed[]): Speed {
  const sorted = [...speeds].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p99Ms: 0 };
}

async function startConstant(file: string): Promise<{ readonly url: string; stop(): void }> {
  const script = join(import.meta.dirname, 'lists', 'constant-yoga.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      const found = /listening on (\S+)/.exec(data.toString('utf8'));
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error('the bare Yoga ended')));
  });
  return { url, stop: () => void child.kill('SIGTERM') };
}
