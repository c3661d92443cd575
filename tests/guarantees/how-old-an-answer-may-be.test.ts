import type { Gateway } from '../../src/gateway.ts';
import type { SimReport, Simulator } from '../../src/simulator/index.ts';
import { ask, askFresh, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { at, textAt } from '../support/tree.ts';
import { some } from '../support/world-order.ts';

describe('a caller who says how old an answer may be', () => {
  let mode: Simulator;
  let gateway: Gateway;
  let clock: ShiftedClock;

  beforeEach(async () => {
    mode = await startSmallMode();
    clock = new ShiftedClock();
    gateway = gatewayOver({ ...envWithDiscovery(mode), CATALOG_MAX_AGE: '1h' }, { clock });
    await gateway.catalog.warm();
    mode.ledger.clear();
  });

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const withQueries = (): SimReport =>
    some(mode.world.reports, (row) => (mode.world.queriesByReport.get(row.token)?.length ?? 0) > 0);
  const one = (token: string) => `{ report(token: "${token}") { name provenance { source } } }`;
  const nameOf = (token: string, name: string | null, source: string) => ({
    report: { token, name, provenance: { source } },
  });

  it('no-cache: gets from REST what REST knows, renamed a moment ago and unknown to Discovery yet', async () => {
    const { token, name } = withQueries();
    mode.world.renameReport(token, 'Fresh');
    const query = `{ report(token: "${token}") { token name provenance { source } } }`;

    expect((await ask(gateway, query)).data).toEqual(nameOf(token, name, 'DISCOVERY'));
    for (const header of ['no-cache', 'No-Cache', 'no-store', 'max-age=0', 'max-age=600, no-cache']) {
      expect((await askFresh(gateway, header, query)).data).toEqual(nameOf(token, 'Fresh', 'REST'));
    }
    expect(mode.ledger.calls({ api: 'DISCOVERY' })).toEqual([]);
  });

  it('no-cache: gets lists from REST too, and Discovery’s own facts from Discovery read anew', async () => {
    const { token, collectionToken } = withQueries();
    mode.world.renameReport(token, 'Fresh');
    const { data } = await askFresh(
      gateway,
      'no-cache',
      `{ collection(token: "${collectionToken}") { reports(first: 100) { nodes { token name lastViewedAt } } } }`,
    );

    const rows = at(data, 'collection.reports.nodes') as unknown as { token: string; name: string | null }[];
    expect(rows.find((row) => row.token === token)).toMatchObject({
      name: 'Fresh',
      lastViewedAt: mode.world.reportByToken.get(token)?.lastViewedAt ?? null,
    });
    expect(mode.ledger.calls({ path: '/batch/acme/reports' })).toHaveLength(1);
  });

  it('max-age: reads anew what is older, once, and serves what is younger without a call', async () => {
    const query = '{ workspace { reports(first: 5) { totalCount nodes { name lastViewedAt } } } }';
    clock.skip(600_000);

    await askFresh(gateway, 'max-age=900', query);
    expect(mode.ledger.entries).toEqual([]);

    const answer = await askFresh(gateway, 'max-age=300', query);
    expect(answer.errors).toBeUndefined();
    expect(mode.ledger.entries.map((entry) => entry.path)).toEqual([expect.stringContaining('/batch/acme/reports?')]);

    await askFresh(gateway, 'max-age=300', query);
    expect(mode.ledger.entries).toHaveLength(1);
  });

  it.each(['', 'max-age', 'max-age=', 'max-age=abc', 'max-age=-1', 'max-age=1.5', 'private', '=,;', 'x'.repeat(5_000)])(
    'is not heard when the header is %p',
    async (header) => {
      clock.skip(600_000);
      const answer = await askFresh(gateway, header, one(withQueries().token));
      expect(answer.data).toMatchObject({ report: { provenance: { source: 'DISCOVERY' } } });
      expect(mode.ledger.entries).toEqual([]);
    },
  );

  it('a page begun on an older snapshot is not continued on it for somebody who wants it younger', async () => {
    const page = (after: string | null) =>
      `{ workspace { reports(first: 5, after: ${JSON.stringify(after)}) { pageInfo { endCursor } } } }`;
    const cursor = textAt((await ask(gateway, page(null))).data, 'workspace.reports.pageInfo.endCursor');
    clock.skip(600_000);
    const answer = await askFresh(gateway, 'max-age=60', page(cursor));
    expect(answer.errors).toBeUndefined();
    expect(mode.ledger.entries).toHaveLength(1);
    expect(Date.parse(answer.extensions?.upstream.snapshotAsOf ?? '')).toBeGreaterThan(clock.now() - 60_000);
  });

  describe('about what has changed since Discovery looked', () => {
    it('a new report is found by its token and by its id, with all it holds', async () => {
      const report = mode.world.addReport(some(mode.world.collections).token, { name: 'New' });
      const query = mode.world.addQuery(report.token, { name: 'Its query' });
      mode.world.addChart(query.token, { title: 'Its chart' });
      const whole =
        'name queries { nodes { name charts { nodes { title } } } } charts { nodes { title } } collection { token }';
      const expected = {
        name: 'New',
        queries: { nodes: [{ name: 'Its query', charts: { nodes: [{ title: 'Its chart' }] } }] },
        charts: { nodes: [{ title: 'Its chart' }] },
        collection: { token: report.collectionToken },
      };

      const { data, errors } = await ask(gateway, `{ report(token: "${report.token}") { id ${whole} } }`);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ report: expected });
      const again = await ask(gateway, `{ node(id: "${textAt(data, 'report.id')}") { ... on Report { ${whole} } } }`);
      expect(again.data).toEqual({ node: expected });
    });

    it('a new query of an old report is found by its tokens, with its charts', async () => {
      const { token } = withQueries();
      const query = mode.world.addQuery(token, { name: 'New' });
      mode.world.addChart(query.token, { title: 'Its chart' });
      const { data } = await ask(
        gateway,
        `{ reportQuery(reportToken: "${token}", token: "${query.token}") { name charts { nodes { title } } } }`,
      );
      expect(data).toEqual({ reportQuery: { name: 'New', charts: { nodes: [{ title: 'Its chart' }] } } });
    });

    it('a new collection is found by its token, with its reports', async () => {
      const collection = mode.world.addCollection({ name: 'New' });
      mode.world.addReport(collection.token, { name: 'First' });
      const { data } = await ask(
        gateway,
        `{ collection(token: "${collection.token}") { name reports { totalCount nodes { name } } } }`,
      );
      expect(data).toEqual({ collection: { name: 'New', reports: { totalCount: 1, nodes: [{ name: 'First' }] } } });
    });

    it('a deleted report is served from the snapshot, dated, and is gone for who wants it live', async () => {
      const { token, name } = withQueries();
      const id = textAt((await ask(gateway, `{ report(token: "${token}") { id } }`)).data, 'report.id');
      mode.world.removeReport(token);
      mode.ledger.clear();

      expect((await ask(gateway, one(token))).data).toEqual({ report: { name, provenance: { source: 'DISCOVERY' } } });
      expect(mode.ledger.entries).toEqual([]);
      expect((await askFresh(gateway, 'no-cache', one(token))).data).toEqual({ report: null });
      const node = await askFresh(gateway, 'no-cache', `{ node(id: "${id}") { ... on Report { name } } }`);
      expect(node).toMatchObject({ data: { node: null } });
    });

    it('a deleted report does not break the page of a list that asks REST about it', async () => {
      const gone = withQueries();
      mode.world.removeReport(gone.token);

      const { data, errors } = await ask(
        gateway,
        '{ workspace { reports(first: 5, orderBy: { field: NAME }) { totalCount nodes { token archived lastViewedAt } } } }',
      );
      expect(errors).toBeUndefined();
      expect(at(data, 'workspace.reports.totalCount')).toBe(mode.world.reports.length + 1);
    });

    it('one report that cannot be read does not take the page with it', async () => {
      const first = await ask(gateway, '{ workspace { reports(first: 5) { nodes { token } } } }');
      const victim = textAt(first.data, 'workspace.reports.nodes.2.token');
      mode.faults.inject({ match: `/reports/${victim}`, kind: 'status500' });

      const { data } = await ask(
        gateway,
        '{ workspace { reports(first: 5) { nodes { token name archived lastViewedAt } } } }',
      );

      const expected = (at(first.data, 'workspace.reports.nodes') as { token: string }[]).map(({ token }) => {
        const row = some(mode.world.reports, (each) => each.token === token);
        const { name, lastViewedAt } = row;
        return { token, name, archived: token === victim ? null : row.archived, lastViewedAt };
      });
      expect(data).toEqual({ workspace: { reports: { nodes: expected } } });
    });
  });
});
