/**
 * What the gateway adds to a call to Mode: throttle, retries, checks of what came, loaders and the answer. The same reads
 * are made by the gateway, each for a question that had nothing before, and by a loop of `fetch` that is as wide, in turns.
 */
import { median } from '../measures.ts';
import { startBuiltGateway, startOpenMode, type OpenMode } from './processes.ts';

export interface Overhead {
  readonly calls: number;
  /** Microseconds of the clock for each call, of the middle round. */
  readonly gatewayUs: number;
  readonly fetchUs: number;
}

const WIDTH = 4;
const ROUNDS = 15;
/** Reports of which the queries are read in one round. */
const EACH = 60;

const QUESTION = `query Queries($tokens: [String!]!) {
  reports(tokens: $tokens) { token queries(first: 100) { nodes { token name } } }
}`;

export async function measureOverhead(): Promise<Overhead> {
  const mode = await startOpenMode();
  const gateway = await startBuiltGateway(mode, {
    MODE_DISCOVERY: 'off',
    CATALOG_DIR: 'off',
    MODE_CONCURRENCY: String(WIDTH),
    MAX_UPSTREAM_CALLS: '100000',
    MAX_NODES: '100000',
  });
  try {
    const of: { readonly gateway: number[]; readonly fetch: number[] } = { gateway: [], fetch: [] };
    let calls = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      // Of others each time: what was read is not read again.
      const tokens = mode.tokens.slice(round * EACH, (round + 1) * EACH);
      const asked = await timed(() => askGateway(gateway.endpoint, tokens));
      const paths = tokens.flatMap((token) => [`reports/${token}`, `reports/${token}/queries`]);
      const fetched = await timed(() => fetchAll(mode, paths));
      // The first round warms both up.
      if (round === 0) continue;
      calls += asked.result;
      of.gateway.push((asked.ms * 1_000) / asked.result);
      of.fetch.push((fetched.ms * 1_000) / paths.length);
    }
    return { calls, gatewayUs: median(of.gateway), fetchUs: median(of.fetch) };
  } finally {
    await gateway.stop();
    await mode.stop();
  }
}

/** Calls that it took. */
async function askGateway(endpoint: string, tokens: readonly string[]): Promise<number> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUESTION, variables: { tokens } }),
  });
  const answer = (await response.json()) as {
    readonly errors?: readonly { readonly message: string }[];
    readonly extensions?: { readonly upstream: { readonly calls: { readonly rest: number } } };
  };
  if (answer.errors || !answer.extensions) throw new Error(`the gateway answers: ${JSON.stringify(answer.errors)}`);
  return answer.extensions.upstream.calls.rest;
}

async function fetchAll(mode: OpenMode, paths: readonly string[]): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${mode.token}:${mode.secret}`).toString('base64')}`;
  const left = [...paths];
  const work = async (): Promise<void> => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      const url = `${mode.url}/api/${mode.workspace}/${path}`;
      const response = await fetch(url, { headers: { authorization, accept: 'application/hal+json' } });
      await response.json();
      if (!response.ok) throw new Error(`Mode answers ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ readonly result: Result; readonly ms: number }> {
  const from = performance.now();
  const result = await work();
  return { result, ms: performance.now() - from };
}
