/**
 * One life of a gateway over a large workspace, in a process of its own, which prints what it measured as JSON:
 * `node --expose-gc life.ts first|second FACTOR URL FOLDER`. The first reads the workspace from Discovery, twice again when
 * little has changed, and stores it; the second takes up what is stored and answers.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { limitHeapGrowth } from '../../src/cli/limit-heap-growth.ts';
import { readConfig } from '../../src/config/config.ts';
import { catalogStore } from '../../src/discovery.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { collectionIdentity, memberIdentity } from '../../src/mode/identities.ts';
import { DISCOVERY_LISTS } from '../../src/mode/discovery-client.ts';
import { PAGE_QUESTIONS, type PageQuestion } from './questions.ts';
import { email, sizesAt, token } from './synthetic-workspace.ts';
import { memoryAtRest, watched, type Memory, type Watched } from './watched.ts';

export interface Phase {
  readonly seconds: number;
  readonly longestBlockMs: number;
  readonly peak: Memory;
  readonly after: Memory;
}

export interface Asked {
  readonly name: string;
  readonly kind: PageQuestion['kind'];
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface FirstLife {
  readonly rows: number;
  readonly empty: Memory;
  readonly load: Phase;
  readonly unchanged: Phase;
  readonly changed: Phase;
  /** First pages in every order, before and after a refresh that found one row of 1,000 changed: the slowest. */
  readonly slowestAfterChangeMs: number;
}

export interface SecondLife {
  readonly rows: number;
  readonly empty: Memory;
  readonly restore: Phase;
  /** From the start of restoring to the end of the first answer, in milliseconds. */
  readonly firstAnswerMs: number;
  /** After what is prepared behind the answers. */
  readonly settled: Phase;
  readonly asked: readonly Asked[];
  readonly afterAsking: Memory;
}

// As the command does.
limitHeapGrowth();

const [, , life, factorText = '1', url = '', folder = ''] = process.argv;
const factor = Number(factorText);
const config = readConfig({
  MODE_BASE_URL: url,
  MODE_WORKSPACE: 'acme',
  MODE_API_TOKEN: 'token',
  MODE_API_SECRET: 'secret',
  MODE_DISCOVERY_TOKEN: 'token',
  MODE_DISCOVERY_ACCESS_KEY: 'key',
  MODE_DISCOVERY_ACCESS_SECRET: 'secret',
  // Faster than Mode's by far. Without any, as many calls would begin at once as there are pages, which they never do.
  MODE_RATE_LIMIT: '40/100ms',
  CATALOG_DIR: folder,
  CATALOG_WARM: 'off',
  CATALOG_MAX_AGE: '1d',
  LOG_LEVEL: 'silent',
  PORT: '0',
});
const warn = (message: string): void => console.error(message);
const TURNS = 40;

async function firstLife(): Promise<FirstLife> {
  await storeReferences();
  const gateway = createGateway(config, { warn });
  await gateway.restore();
  const empty = await memoryAtRest();
  const load = await phase(() => readAll(gateway));
  for (const question of ORDERS) await ask(gateway, question.query(0));
  await change(0);
  const unchanged = await phase(() => readAll(gateway));
  await change(1);
  const changed = await phase(() => readAll(gateway));
  let slowestAfterChangeMs = 0;
  for (const question of ORDERS) {
    slowestAfterChangeMs = Math.max(slowestAfterChangeMs, await ask(gateway, question.query(0)));
  }
  const rows = rowsOf(gateway);
  await gateway.dispose();
  return { rows, empty, load, unchanged, changed, slowestAfterChangeMs };
}

const ORDERS = PAGE_QUESTIONS.filter(({ kind }) => kind === 'order');

async function secondLife(): Promise<SecondLife> {
  const gateway = createGateway(config, { warn });
  await ask(gateway, '{ __typename }');
  const empty = await memoryAtRest();
  const from = performance.now();
  let firstAnswerMs = 0;
  const restore = await phase(async () => {
    await gateway.restore();
    await ask(gateway, '{ workspace { reports(first: 5) { nodes { name } } } }');
    firstAnswerMs = performance.now() - from;
  });
  const settled = await phase(() => quiet());
  const asked: Asked[] = [];
  for (const question of PAGE_QUESTIONS) asked.push(await askOften(gateway, question));
  const afterAsking = await memoryAtRest();
  const rows = rowsOf(gateway);
  await gateway.dispose();
  return { rows, empty, restore, firstAnswerMs, settled, asked, afterAsking };
}

async function phase(work: () => Promise<unknown>): Promise<Phase> {
  const { seconds, longestBlockMs, peak }: Watched<unknown> = await watched(work);
  return { seconds, longestBlockMs, peak, after: await memoryAtRest() };
}

/** Every list of Discovery's, at once, and until all are stored. */
async function readAll(gateway: Gateway): Promise<void> {
  const from = Date.now();
  await Promise.all(DISCOVERY_LISTS.map((name) => gateway.catalog.refresh(name, { priority: 'background' })));
  const isStored = async (name: string): Promise<boolean> => {
    // A list that was found unchanged is confirmed beside its file.
    const files = (await readdir(folder)).filter((each) => /-(\w+)\.(catalog|confirmed)$/.exec(each)?.[1] === name);
    const times = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).mtimeMs));
    return times.some((time) => time >= from);
  };
  for (;;) {
    const stored = await Promise.all(DISCOVERY_LISTS.map(isStored));
    const hasDrafts = (await readdir(folder)).some((each) => each.includes('.catalog.'));
    if (stored.every(Boolean) && !hasDrafts) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Until the process has had next to nothing to do for a while: what is prepared behind the answers is ready. */
async function quiet(): Promise<void> {
  for (let idle = 0; idle < 5;) {
    const before = performance.eventLoopUtilization();
    await new Promise((resolve) => setTimeout(resolve, 100));
    idle = performance.eventLoopUtilization(before).utilization < 0.3 ? idle + 1 : 0;
  }
}

async function askOften(gateway: Gateway, { name, kind, query }: PageQuestion): Promise<Asked> {
  const firstMs = await ask(gateway, query(0));
  const times: number[] = [];
  for (let turn = 1; turn <= TURNS; turn++) times.push(await ask(gateway, query(turn)));
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(TURNS - 1, Math.floor(TURNS * part))] ?? 0;
  return { name, kind, firstMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** Milliseconds until the answer is there. */
async function ask(gateway: Gateway, query: string): Promise<number> {
  const from = performance.now();
  const response = await gateway.yoga.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const took = performance.now() - from;
  if (text.includes('"errors"')) throw new Error(`${query}: ${text.slice(0, 1_000)}`);
  return took;
}

async function change(perThousand: number): Promise<void> {
  await fetch(`${url}/changed/${perThousand}`, { method: 'POST' });
}

function rowsOf(gateway: Gateway): number {
  return gateway.catalog.status().reduce((sum, list) => sum + list.rows, 0);
}

/** What REST tells beside Discovery's lists, as a former life would have stored it. */
async function storeReferences(): Promise<void> {
  const store = catalogStore({ config, warn });
  const asOf = Date.now();
  const provenance = { source: 'REST', asOf } as const;
  const { spaces, members } = sizesAt(factor);
  const save = { asOf, pages: 1 };
  await store.save({
    ...save,
    name: 'workspace',
    rows: [
      {
        kind: 'Workspace',
        username: 'acme',
        token: null,
        modeId: null,
        name: 'Acme',
        planCode: null,
        createdAt: null,
        defaultDataSourceToken: null,
        provenance,
      },
    ],
  });
  await store.save({
    ...save,
    name: 'allCollections',
    rows: Array.from({ length: spaces }, (_, index) => ({
      ...collectionIdentity(token('space', index), provenance),
      name: `Collection ${index}`,
    })),
  });
  await store.save({ ...save, name: 'dataSources', rows: [] });
  await store.save({
    ...save,
    name: 'people',
    rows: Array.from({ length: members }, (_, index) => ({
      ...memberIdentity(`person${index}`, provenance),
      name: `Person ${index}`,
      email: email(index, factor),
    })),
  });
}

if (folder === '') throw new Error('usage: life.ts first|second FACTOR URL FOLDER');
console.log(JSON.stringify(life === 'first' ? await firstLife() : await secondLife()));
process.exit(0);
