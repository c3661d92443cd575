import type { SimCollection, SimReport, Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions } from '../support/canonical-questions.ts';
import { bill, envFor, gatewayOver, PATIENT, startSmallMode } from '../support/gateway.ts';
import { inOrder } from '../support/world-order.ts';

/** Without Discovery everything is still answered; it costs the lists, page by page. */
describe('L1: what the canonical questions cost without Discovery', () => {
  let mode: Simulator;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 12, reports: 120 } });
  });

  afterAll(() => mode.close());

  const reportsOf = (token: string): SimReport[] => mode.world.reportsByCollection.get(token) ?? [];
  const collectionPages = () => Math.ceil(mode.world.collections.length / 30);
  /** Thirty rows a page, and the empty one that ends the list. */
  const walk = ({ token }: SimCollection) => Math.ceil(reportsOf(token).length / 30) + 1;
  const walks = (rows: readonly SimCollection[]) => rows.reduce((sum, row) => sum + walk(row), 0);
  const everyReport = () => collectionPages() + walks(mode.world.collections);
  const queries = (report: SimReport) => mode.world.queriesByReport.get(report.token) ?? [];
  const queryCalls = (rows: readonly SimReport[]) => rows.filter((row) => queries(row).length > 0).length;
  const hasCharts = (report: SimReport) =>
    report.chartCountMissing ||
    queries(report).some((row) => (mode.world.chartsByQuery.get(row.token) ?? []).length > 0);
  const chartCalls = (rows: readonly SimReport[]) =>
    rows.filter(hasCharts).reduce((sum, row) => sum + queries(row).length, 0);
  const shownOfQ1 = () =>
    inOrder(mode.world.collections, (row) => row.name)
      .slice(0, 20)
      .flatMap(({ token }) => inOrder(reportsOf(token), (row) => row.createdAt, 'DESC').slice(0, 50));
  const one = () => mode.world.reports.find((row) => queries(row).length === 3);

  const COSTS: Readonly<Record<string, () => number>> = {
    Q1: () => 1 + everyReport() + queryCalls(shownOfQ1()) + chartCalls(shownOfQ1()),
    Q2: () => {
      const report = one();
      return report ? 2 + chartCalls([report]) : 0;
    },
    Q3: () => 60 + collectionPages(),
    Q4: () => everyReport(),
    Q5: () => everyReport(),
    Q6: () => everyReport() + queryCalls(mode.world.reports),
    Q7: () => everyReport(),
  };

  it.each(Object.keys(COSTS))('%s costs the walks and reads it takes, and is answered rightly', async (name) => {
    const question = canonicalQuestions(mode.world).find((each) => each.name === name);
    const gateway = gatewayOver({ ...envFor(mode), ...PATIENT });

    const { answer, calls } = await bill(mode, gateway, question?.query ?? '');

    expect(answer.errors).toBeUndefined();
    expect(calls).toHaveLength(COSTS[name]?.() ?? 0);
    expect(answer.extensions?.upstream.calls).toEqual({ rest: calls.length, discovery: 0 });
    if (name !== 'Q4') {
      expect(answer.data).toEqual(question?.truth({ personal: true }));
      expect(answer.extensions?.upstream.notes).toEqual([]);
    }
    await gateway.dispose();
  });

  it('Q4 asks for what Discovery alone knows: it is null, and the answer says why, once', async () => {
    const question = canonicalQuestions(mode.world).find((each) => each.name === 'Q4');
    const gateway = gatewayOver({ ...envFor(mode), ...PATIENT });

    const { answer } = await bill(mode, gateway, question?.query ?? '');

    expect(answer.errors).toBeUndefined();
    expect(answer.extensions?.upstream.notes.map(({ code }) => code)).toEqual(['DISCOVERY_UNAVAILABLE']);
    const shown = inOrder(mode.world.reports, () => null).slice(0, 10);
    expect(answer.data).toEqual({
      workspace: { reports: { nodes: shown.map(({ name }) => ({ name, lastViewedAt: null })) } },
    });
    await gateway.dispose();
  });
});
