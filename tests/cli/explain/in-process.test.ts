import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '../../../src/cli/asking/explanation.ts';
import type { Simulator } from '../../../src/simulator/index.ts';
import { run } from '../../support/command.ts';
import { envWithDiscovery, startSmallMode, type Env } from '../../support/gateway.ts';

const QUESTION = '{ workspace { reports(first: 5) { nodes { name queries { nodes { sql } } } } } }';

describe('mode-graphql explain, in its own process,', () => {
  let mode: Simulator;
  let folder: string;

  beforeAll(async () => {
    mode = await startSmallMode();
    folder = await mkdtemp(join(tmpdir(), 'explain-'));
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await mode.close();
    await rm(folder, { recursive: true, force: true });
  });

  const env = (): Env => ({ ...envWithDiscovery(mode), CATALOG_DIR: join(folder, 'catalog') });
  const explain = async (variables: Env): Promise<{ code: number | null; plan: Explanation }> => {
    const { code, stdout } = await run(['explain', '--json', '--text', QUESTION], { env: variables });
    return { code, plan: JSON.parse(stdout) as Explanation };
  };

  it('says what the question then costs, and makes no call', async () => {
    const { code, plan } = await explain(env());
    expect(mode.ledger.entries).toEqual([]);
    expect([code, plan.refusal]).toEqual([0, null]);
    expect(plan.estimatedCalls).toBeGreaterThan(0);
    expect(plan.steps.reduce((sum, { calls }) => sum + calls, 0)).toBe(plan.estimatedCalls);

    await run(['warm', '-q'], { env: env() });
    mode.ledger.clear();
    const warm = await explain(env());
    expect(warm).toMatchObject({ code: 0, plan: { estimatedCalls: 0, refusal: null } });
    const { code: asked } = await run(['query', '--text', QUESTION], { env: env() });
    expect([asked, mode.ledger.entries]).toEqual([0, []]);
  });

  it('exits 3 when it would be refused', async () => {
    const { code, plan } = await explain({ ...env(), CATALOG_DIR: 'off', MAX_UPSTREAM_CALLS: '1' });
    expect([code, plan.refusal?.code]).toEqual([3, 'OPERATION_TOO_COSTLY']);
    expect(mode.ledger.entries).toEqual([]);
  });
});
