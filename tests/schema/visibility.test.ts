import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { listAt, textAt } from '../support/tree.ts';
import { some } from '../support/world-order.ts';

describe('what the credential of a member may not see', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 30, reports: 200 } });
    gateway = gatewayOver(envFor(mode, 'member'));
  });

  afterAll(() => mode.close());

  const hidden = <Row extends { token: string }>(rows: readonly Row[]): Row =>
    some(rows, (row) => !mode.world.canSee('member', row.token));

  it.each([404, 403] as const)('is null without an error when Mode answers %d', async (status) => {
    mode.behaviour.hiddenStatus = status;
    const chart = hidden(mode.world.charts);
    const report = mode.world.reportByToken.get(chart.reportToken);
    const answer = await ask(
      gateway,
      `{
        collection(token: "${report?.collectionToken}") { name }
        report(token: "${chart.reportToken}") { name }
        reportQuery(reportToken: "${chart.reportToken}", token: "${chart.queryToken}") { sql }
        chart(reportToken: "${chart.reportToken}", queryToken: "${chart.queryToken}", token: "${chart.token}") { title }
      }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ collection: null, report: null, reportQuery: null, chart: null });
  });

  it('is in no list: collections and reports are those of the member', async () => {
    const answer = await ask(
      gateway,
      '{ workspace { collections(first: 100) { totalCount nodes { token } } reports(first: 100) { totalCount } } }',
    );
    const visible = <Row extends { token: string }>(rows: readonly Row[]): string[] =>
      rows.filter((row) => mode.world.canSee('member', row.token)).map((row) => row.token);
    expect(visible(mode.world.collections).length).toBeLessThan(30);
    expect(
      listAt(answer.data, 'workspace.collections.nodes')
        .map((row) => textAt(row, 'token'))
        .sort(),
    ).toEqual(visible(mode.world.collections).sort());
    expect(answer.data).toMatchObject({ workspace: { reports: { totalCount: visible(mode.world.reports).length } } });
  });

  it('is null too once it is deleted, whichever way Mode says so', async () => {
    const gone = mode.world.reports.filter((row) => mode.world.canSee('member', row.token)).slice(0, 3);
    (['forbidden', 'soft_deleted', 'gone'] as const).forEach((how, index) => {
      mode.world.deleted.set(gone[index]?.token ?? '', how);
    });
    const answer = await ask(
      gateway,
      'query ($tokens: [String!]!) { reports(tokens: $tokens) { name queries { totalCount } } }',
      {
        tokens: gone.map((row) => row.token),
      },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ reports: [null, null, null] });
    mode.world.deleted.clear();
  });

  it('still names a creator who has left', async () => {
    const report = some(mode.world.reports, (row) => mode.world.canSee('member', row.token));
    mode.faults.inject({
      match: '/memberships/lite',
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), _embedded: { memberships: [] } }),
    });
    const answer = await ask(gateway, `{ report(token: "${report.token}") { creator { username name } } }`);
    expect(answer.data).toEqual({ report: { creator: { username: report.creatorUsername, name: null } } });
    mode.faults.clear();
  });

  it('tells nothing of how to reach a database', async () => {
    const answer = await ask(gateway, '{ __type(name: "DataSource") { fields { name } } }');
    const fields = listAt(answer.data, '__type.fields').map((field) => textAt(field, 'name'));
    expect(fields).toContain('vendor');
    for (const secret of ['host', 'port', 'username', 'user', 'ssl', 'warehouse', 'customAttributes']) {
      expect(fields).not.toContain(secret);
    }
  });
});
