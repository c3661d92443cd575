import { watch } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOG_LISTS } from '../../src/catalog/catalog-lists.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions } from '../support/canonical-questions.ts';
import { ask, askAt, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';

const DRAFT = /\.catalog\.[\da-f-]{36}$/;

describe('R2: a gateway that is killed', () => {
  let mode: Simulator;
  let directory: string;
  let running: GatewayProcess | undefined;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 20, reports: 1_500 } });
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'catalog-'));
  });

  afterEach(async () => {
    await kill();
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });

  afterAll(() => mode.close());

  const env = (more = {}) => ({ ...envWithDiscovery(mode), CATALOG_DIR: directory, CATALOG_WARM: 'on', ...more });
  const kill = async (): Promise<void> => {
    running?.command.signal('SIGKILL');
    await running?.command.exit;
    running = undefined;
  };
  const stored = async (): Promise<string[]> => (await readdir(directory)).filter((name) => name.endsWith('.catalog'));
  const drafts = async (): Promise<string[]> => (await readdir(directory)).filter((name) => DRAFT.test(name));
  /** One life that reads and stores all lists. */
  const live = async (): Promise<void> => {
    running = await startGatewayProcess(env());
    while ((await stored()).length < CATALOG_LISTS.length) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('answers from what it had stored once it is started again, and asks Mode nothing', async () => {
    await live();
    await kill();
    mode.ledger.clear();

    running = await startGatewayProcess(env());

    for (const { query, truth } of canonicalQuestions(mode.world)) {
      const answer = await askAt(running.url, query);
      expect(answer.data).toEqual(truth({ personal: true }));
      expect(answer.extensions?.upstream.calls).toEqual({ rest: 0, discovery: 0 });
    }
    expect(mode.ledger.entries).toEqual([]);
    expect(running.command.stderr).not.toContain('set aside');
  }, 60_000);

  it('has each list whole, the old one or the new one, when it is killed while it writes', async () => {
    await live();
    await kill();
    let torn = 0;
    // The moment between a draft and its file is short: until one was met, and twice at least.
    for (let round = 0; round < 2 || torn === 0; round++) {
      const draft = firstDraft(directory);
      // Everything is too old, so that all of it is read and written again.
      running = await startGatewayProcess(env({ CATALOG_MAX_AGE: '0s' }));
      await draft;
      await kill();
      torn = (await drafts()).length;

      const warnings: string[] = [];
      const next = gatewayOver(env({ CATALOG_WARM: 'off' }), { warn: (message) => warnings.push(message) });
      await next.restore();
      mode.ledger.clear();
      expect(next.catalog.status().map(({ name, asOf }) => [name, asOf === null])).toEqual(
        CATALOG_LISTS.map((name) => [name, false]),
      );
      const { data } = await ask(next, '{ workspace { reports { totalCount } queries { totalCount } } }');
      expect(data).toEqual({
        workspace: {
          reports: { totalCount: mode.world.reports.length },
          queries: { totalCount: mode.world.queries.length },
        },
      });
      expect(mode.ledger.entries).toEqual([]);
      expect(warnings).toEqual([]);
      await next.dispose();
    }
  }, 120_000);

  it('leaves no draft behind for ever', async () => {
    const owner = '0123456789ab-reports.catalog';
    const old = `${owner}.00000000-0000-4000-8000-000000000000`;
    const recent = `${owner}.11111111-1111-4111-8111-111111111111`;
    const foreign = 'notes.txt';
    for (const name of [old, recent, foreign]) await writeFile(join(directory, name), 'SELECT 1');
    const twoHoursAgo = Date.now() / 1_000 - 7_200;
    for (const name of [old, foreign]) await utimes(join(directory, name), twoHoursAgo, twoHoursAgo);

    const gateway = gatewayOver(env({ CATALOG_WARM: 'off' }));
    await gateway.catalog.refresh('members', {});
    await gateway.dispose();

    const left = await readdir(directory);
    expect(left).not.toContain(old);
    // It may be another gateway's, which is at it just now.
    expect(left).toEqual(expect.arrayContaining([recent, foreign]));
  });
});

/** Until somebody begins to write a draft. */
async function firstDraft(directory: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const watcher = watch(directory, (_event, name) => {
      // A small one is written in no time.
      if (name === null || !DRAFT.test(name) || !name.includes('-queries.')) return;
      watcher.close();
      resolve();
    });
  });
}
