import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions } from '../support/canonical-questions.ts';
import { ask, envWithDiscovery, gatewayOver, startSmallMode, until } from '../support/gateway.ts';

const DATED = `{
  catalog { state asOf lists { name rows asOf } }
  workspace { name reports(first: 100) { nodes { token lastViewedAt viewCount provenance { source asOf } } } }
}`;

describe('R1: a gateway that is started again', () => {
  let mode: Simulator;
  let directory: string;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'catalog-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }));

  afterAll(() => mode.close());

  const env = () => ({ ...envWithDiscovery(mode), CATALOG_DIR: directory });

  /** Lives, reads everything, and ends; what it last answered. */
  async function firstLife() {
    const gateway = gatewayOver(env());
    await gateway.start();
    await gateway.catalog.warm();
    const answer = await ask(gateway, DATED);
    const lists = gateway.catalog.status().length;
    await until(() => gateway.catalog.status().every(({ asOf }) => asOf !== null));
    // Files are written behind the answer.
    while ((await readdir(directory)).filter((name) => name.endsWith('.catalog')).length < lists) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await gateway.dispose();
    return answer;
  }

  it('answers at once from what it stored, with the date it was read, and without a call', async () => {
    const before = await firstLife();
    mode.ledger.clear();
    const gateway = gatewayOver({ ...env(), CATALOG_WARM: 'on' });
    await gateway.start();

    const after = await ask(gateway, DATED);

    // The limit alone is that of another life.
    const rateLimit = expect.any(Object) as unknown;
    expect(after).toEqual({ ...before, extensions: { upstream: { ...before.extensions?.upstream, rateLimit } } });
    expect(after.data).toMatchObject({ catalog: { state: 'READY' } });
    for (const { query, truth } of canonicalQuestions(mode.world)) {
      const answer = await ask(gateway, query);
      expect(answer.data).toEqual(truth({ personal: true }));
      expect(answer.extensions?.upstream).toMatchObject({ calls: { rest: 0, discovery: 0 } });
    }
    expect(mode.ledger.entries).toEqual([]);
    await gateway.dispose();
  });

  it('goes on with a page that was begun in its former life', async () => {
    const page = (after: string | null) =>
      `{ workspace { reports(first: 20, after: ${JSON.stringify(after)}, orderBy: { field: VIEW_COUNT }) {
        nodes { token } pageInfo { endCursor } } } }`;
    await firstLife();
    const [a, b] = [gatewayOver(env()), gatewayOver(env())];
    await a.start();
    const first = await ask(a, page(null));
    await a.dispose();
    await b.start();
    const cursor = (first.data as { workspace: { reports: { pageInfo: { endCursor: string } } } }).workspace.reports
      .pageInfo.endCursor;
    const second = await ask(b, page(cursor));

    expect(second.errors).toBeUndefined();
    const tokens = [first, second].flatMap(
      ({ data }) => (data as { workspace: { reports: { nodes: { token: string }[] } } }).workspace.reports.nodes,
    );
    expect(new Set(tokens.map((row) => row.token)).size).toBe(mode.world.reports.length);
    await b.dispose();
  });

  it('sets a damaged file aside, says so without its content, and reads that list again', async () => {
    await firstLife();
    const [file = ''] = (await readdir(directory)).filter((name) => name.includes('-reports.'));
    await writeFile(join(directory, file), 'garbage');
    mode.ledger.clear();
    const warnings: string[] = [];
    const gateway = gatewayOver(env(), { warn: (message) => warnings.push(message) });
    await gateway.start();

    const answer = await ask(gateway, '{ workspace { reports { totalCount } } }');

    expect(answer.data).toEqual({ workspace: { reports: { totalCount: mode.world.reports.length } } });
    expect(mode.ledger.entries.map((entry) => entry.path)).toEqual([expect.stringContaining('/batch/acme/reports?')]);
    expect(warnings).toEqual([expect.stringContaining('reports')]);
    await gateway.dispose();
  });

  it('keeps its files from other users', async () => {
    await firstLife();
    for (const name of await readdir(directory)) {
      expect((await stat(join(directory, name))).mode & 0o077).toBe(0);
    }
  });

  it('never takes up the catalog of another workspace', async () => {
    await firstLife();
    const other = await startSmallMode({ workspace: 'globex', seed: 9 });
    const gateway = gatewayOver({ ...envWithDiscovery(other), CATALOG_DIR: directory });
    await gateway.start();
    expect((await ask(gateway, '{ catalog { state } }')).data).toEqual({ catalog: { state: 'EMPTY' } });
    await gateway.dispose();
    await other.close();
  });
});
