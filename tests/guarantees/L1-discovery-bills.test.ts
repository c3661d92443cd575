import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions, type CanonicalQuestion } from '../support/canonical-questions.ts';
import { ask, bill, envWithDiscovery, gatewayOver, PATIENT } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const NAMES = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7'];
const COLD = { personal: false };
const WARM = { personal: true };

/** A workspace of 120 collections, 4,146 reports, 12,438 queries and 18,657 charts. */
describe('L1: what the canonical questions cost with Discovery', () => {
  let mode: Simulator;
  let questions: ReadonlyMap<string, CanonicalQuestion>;

  beforeAll(async () => {
    mode = await startSimulator({
      behaviour: { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0, weight: 'light' },
    });
    questions = new Map(canonicalQuestions(mode.world).map((question) => [question.name, question]));
  });

  afterAll(() => mode.close());

  const question = (name: string): CanonicalQuestion => {
    const found = questions.get(name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };

  it.each(NAMES)('%s asked of an empty catalog stays within its bill and is answered rightly', async (name) => {
    const { query, truth, bill: most } = question(name);
    const gateway = gatewayOver({ ...envWithDiscovery(mode), ...PATIENT });

    const { answer, calls } = await bill(mode, gateway, query);

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual(truth(COLD));
    expect(calls.length).toBeLessThanOrEqual(most);
    expect(answer.extensions?.upstream.calls).toEqual({
      rest: mode.ledger.calls({ api: 'REST' }).length,
      discovery: mode.ledger.calls({ api: 'DISCOVERY' }).length,
    });
    expect([...mode.ledger.duplicates()]).toEqual([]);
    await gateway.dispose();
  });

  it.each(NAMES)('%s asked a second time costs nothing more, but where one thing was read alone', async (name) => {
    const { query, truth } = question(name);
    const gateway = gatewayOver({ ...envWithDiscovery(mode), ...PATIENT });
    await ask(gateway, query);

    const { answer, calls } = await bill(mode, gateway, query);

    expect(answer.data).toEqual(truth(COLD));
    expect(calls).toHaveLength(name === 'Q2' ? question(name).bill : 0);
    await gateway.dispose();
  });

  describe('of a warm catalog', () => {
    let gateway: ReturnType<typeof gatewayOver>;

    beforeAll(async () => {
      gateway = gatewayOver({ ...envWithDiscovery(mode), ...PATIENT });
      await gateway.catalog.warm();
    });

    afterAll(() => gateway.dispose());

    it.each(NAMES)('%s costs nothing, and tells of personal collections too', async (name) => {
      const { query, truth } = question(name);

      const { answer, calls } = await bill(mode, gateway, query);

      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(truth(WARM));
      expect(calls).toEqual([]);
      expect(answer.extensions?.upstream).toMatchObject({ calls: { rest: 0, discovery: 0 }, notes: [] });
    });
  });

  it('Q1 asked by ten clients at the same moment is read once, and answered to each alike', async () => {
    const { query, truth } = question('Q1');
    const gateway = gatewayOver({ ...envWithDiscovery(mode), ...PATIENT });
    mode.ledger.clear();

    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(gateway, query)));

    expect(mode.ledger.entries).toHaveLength(39);
    const expected = truth(COLD);
    for (const answer of answers) expect(answer).toMatchObject({ data: expected });
    const told = answers.map(({ extensions }) => extensions?.upstream.calls ?? { rest: 0, discovery: 0 });
    expect(told.reduce((sum, calls) => sum + calls.rest + calls.discovery, 0)).toBe(39);
    await gateway.dispose();
  });
});

describe('L1: the first question of all under the rate limit of Mode', () => {
  it('fits into one window: 39 calls, none refused, in less than three seconds', async () => {
    const clock = new SteppingClock();
    const mode = await startSimulator({ clock });
    const [q1] = canonicalQuestions(mode.world);
    const gateway = gatewayOver({ ...envWithDiscovery(mode), MODE_RATE_LIMIT: '40/10s' }, { clock });

    const answer = await clock.drive(ask(gateway, q1?.query ?? ''), mode, gateway);

    expect(answer.data).toEqual(q1?.truth(COLD));
    expect(mode.ledger.countByStatus()).toEqual({ 200: 39 });
    expect(mode.ledger.maxInWindow(10_000)).toBeLessThanOrEqual(40);
    const { entries } = mode.ledger;
    expect((entries.at(-1)?.at ?? Infinity) - (entries[0]?.at ?? 0)).toBeLessThan(3_000);
    await gateway.dispose();
    await mode.close();
  });
});
