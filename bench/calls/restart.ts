/** How long a gateway that was stopped takes until it answers from what it had stored. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CATALOG_LISTS } from '../../src/catalog/catalog-lists.ts';
import { median } from '../measures.ts';
import { startBuiltGateway, startOpenMode } from './processes.ts';

export interface Restart {
  readonly reports: number;
  /** From the start of the process to its first answer, the middle of some. */
  readonly seconds: number;
  /** The same of a gateway that asks nothing of anybody: what Node.js and the code take to load. */
  readonly emptySeconds: number;
}

const TIMES = 5;
const QUESTION = '{ workspace { reports(first: 5) { totalCount nodes { name } } } }';
const NOTHING = '{ __typename }';

export async function measureRestart(): Promise<Restart> {
  const mode = await startOpenMode();
  const folder = await mkdtemp(join(tmpdir(), 'bench-restart-'));
  const env = { MODE_DISCOVERY: 'mint', CATALOG_DIR: folder, CATALOG_WARM: 'off' };
  try {
    const first = await startBuiltGateway(mode, { ...env, CATALOG_WARM: 'on' });
    while (!(await isStored(folder))) await sleep(50);
    await first.stop();
    const seconds: number[] = [];
    const empty: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      seconds.push(await answered(() => startBuiltGateway(mode, env), QUESTION));
      empty.push(await answered(() => startBuiltGateway(mode, { ...env, CATALOG_DIR: 'off' }), NOTHING));
    }
    return { reports: mode.tokens.length, seconds: median(seconds), emptySeconds: median(empty) };
  } finally {
    await mode.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function isStored(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => file.endsWith('.catalog')).length === CATALOG_LISTS.length;
}

async function answered(start: () => ReturnType<typeof startBuiltGateway>, query: string): Promise<number> {
  const from = performance.now();
  const gateway = await start();
  try {
    const response = await fetch(gateway.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    if (!response.ok || text.includes('"errors"')) throw new Error(text.slice(0, 1_000));
    const { calls } = (JSON.parse(text) as Answer).extensions?.upstream ?? {};
    if (calls && calls.rest + calls.discovery > 0) throw new Error('it asked Mode for what it had stored');
    return (performance.now() - from) / 1_000;
  } finally {
    await gateway.stop();
  }
}

interface Answer {
  readonly extensions?: {
    readonly upstream?: { readonly calls: { readonly rest: number; readonly discovery: number } };
  };
}
