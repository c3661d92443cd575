import type { Gateway } from '../../src/gateway.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { encodeGlobalId, globalId } from '../../src/schema/global-id.ts';
import { ask, bill, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { at, textAt, type Tree } from '../support/tree.ts';
import { some } from '../support/world-order.ts';

const FIELDS = `
  __typename id
  ... on Workspace { username name }
  ... on Collection { token name description type }
  ... on Report { token name type createdAt viewCount }
  ... on ReportQuery { token name sql }
  ... on Chart { token title type viewVegas }
  ... on Member { username name email }
  ... on DataSource { token name vendor }
  ... on ReportRun { token state createdAt }
`;

describe('global ids', () => {
  let mode: Simulator;
  let gateway: Gateway;
  /** One of each type, as a list or a parent shows it. */
  let shown: Tree[];

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
    const chart = some(mode.world.charts, (row) => mode.world.reportByToken.get(row.reportToken)?.lastRunAt !== null);
    const fragment = `fragment All on Node { ${FIELDS} }`;
    const answer = await ask(
      gateway,
      `query ($report: String!) {
        workspace { ...All collections(first: 1) { nodes { ...All } } members(first: 1) { nodes { ...All } } dataSources(first: 1) { nodes { ...All } } }
        report(token: $report) { ...All lastRun { ...All } queries(first: 100) { nodes { ...All token charts { nodes { ...All token } } } } }
      } ${fragment}`,
      { report: chart.reportToken },
    );
    expect(answer.errors).toBeUndefined();
    const only = (path: string, drop: string[] = []): Tree => {
      const found = at(answer.data, path);
      const fields = Object.entries(found as Record<string, Tree>).filter(([name]) => !drop.includes(name));
      return Object.fromEntries(fields);
    };
    const queries = at(answer.data, 'report.queries.nodes') as Tree[];
    const place = queries.findIndex((row) => textAt(row, 'token') === chart.queryToken);
    shown = [
      only('workspace', ['collections', 'members', 'dataSources']),
      only('workspace.collections.nodes.0'),
      only('workspace.members.nodes.0'),
      only('workspace.dataSources.nodes.0'),
      only('report', ['lastRun', 'queries']),
      only('report.lastRun'),
      only(`report.queries.nodes.${place}`, ['charts']),
      only(`report.queries.nodes.${place}.charts.nodes.0`),
    ];
  });

  afterAll(() => mode.close());

  it('lead back to the same object, for every type that has one, alone and together', async () => {
    expect(shown.map((each) => textAt(each, '__typename')).sort()).toEqual([
      'Chart',
      'Collection',
      'DataSource',
      'Member',
      'Report',
      'ReportQuery',
      'ReportRun',
      'Workspace',
    ]);
    for (const each of shown) {
      const answer = await ask(gateway, `query ($id: ID!) { node(id: $id) { ${FIELDS} } }`, { id: textAt(each, 'id') });
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({ node: each });
    }
    const together = await ask(gateway, `query ($ids: [ID!]!) { nodes(ids: $ids) { ${FIELDS} } }`, {
      ids: [...shown, ...shown].map((each) => textAt(each, 'id')),
    });
    expect(together.errors).toBeUndefined();
    expect(together.data).toEqual({ nodes: [...shown, ...shown] });
  });

  it('cost at most one call each, however often they are named', async () => {
    const ids = shown.map((each) => textAt(each, 'id'));
    const { answer, calls } = await bill(mode, gateway, `query ($ids: [ID!]!) { nodes(ids: $ids) { ${FIELDS} } }`, {
      ids: [...ids, ...ids],
    });
    expect(answer.errors).toBeUndefined();
    expect(calls).toHaveLength(8);
    expect([...mode.ledger.duplicates()]).toEqual([]);
  });

  const forged = (type: string, ...parts: string[]): string => globalId(type, ...parts);

  it.each([
    ['', 'nothing at all'],
    ['garbage', 'garbage'],
    ['💥', 'no base64'],
    [forged('Nope', 'acme', 'abc'), 'an unknown type'],
    [forged('toString', 'acme', 'abc'), 'a property of every object'],
    [forged('Report', 'acme'), 'too few parts'],
    [forged('Report', 'acme', 'abc', 'def'), 'too many parts'],
    [forged('Report', 'acme', '../../account'), 'a path for a token'],
    [forged('Report', 'acme', ''), 'an empty token'],
    [forged('Chart', 'acme', 'a', 'b', 'c?d'), 'a query string for a token'],
    [encodeGlobalId('Report', 'acme/%'), 'a bad escape'],
    [Buffer.from('Report:acme/abc').toString('base64').replace('=', '') + '!!', 'base64 with noise'],
  ])('%j, %s, is refused without a call while its siblings are answered', async (id) => {
    const good = textAt(
      some(shown, (each) => textAt(each, '__typename') === 'Workspace'),
      'id',
    );
    const { answer, calls } = await bill(
      mode,
      gateway,
      'query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }',
      { id, ids: [good, id, good] },
    );
    expect(codes(answer)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(answer.errors?.map((error) => error.path)).toEqual(expect.arrayContaining([['node'], ['nodes', 1]]));
    expect(answer.data).toEqual({ node: null, nodes: [{ id: good }, null, { id: good }] });
    expect(calls).toEqual([]);
  });

  it('of another workspace are not there, without an error or a call', async () => {
    const other = await startSimulator({ workspace: 'other', size: { collections: 2, reports: 3 } });
    const foreign = await ask(
      gatewayOver(envFor(other)),
      '{ workspace { id collections { nodes { id reports { nodes { id } } } } } }',
    );
    await other.close();
    const ids = [...JSON.stringify(foreign.data).matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id);
    expect(ids).toHaveLength(6);
    const { answer, calls } = await bill(mode, gateway, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ nodes: ids.map(() => null) });
    expect(calls).toEqual([]);
  });

  it('of things that are not there are null without an error', async () => {
    const ids = [
      forged('Collection', 'acme', 'abc'),
      forged('Report', 'acme', 'abc'),
      forged('ReportQuery', 'acme', 'abc', 'def'),
      forged('Chart', 'acme', 'abc', 'def', 'fed'),
      forged('ReportRun', 'acme', 'abc', 'def'),
      forged('Member', 'acme', 'nobody/here'),
      forged('DataSource', 'acme', 'abc'),
    ];
    const answer = await ask(gateway, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ nodes: ids.map(() => null) });
  });

  it('that put a thing under other parents than its own are null, though Mode would answer', async () => {
    const chart = some(mode.world.charts);
    const stranger = some(mode.world.queries, (row) => row.reportToken !== chart.reportToken);
    const ids = [
      forged('ReportQuery', 'acme', stranger.reportToken, chart.queryToken),
      forged('Chart', 'acme', chart.reportToken, stranger.token, chart.token),
      forged('Chart', 'acme', stranger.reportToken, chart.queryToken, chart.token),
    ];
    const answer = await ask(
      gateway,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id }
        reportQuery(reportToken: "${stranger.reportToken}", token: "${chart.queryToken}") { sql }
        chart(reportToken: "${stranger.reportToken}", queryToken: "${stranger.token}", token: "${chart.token}") { title } }`,
      { ids },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ nodes: [null, null, null], reportQuery: null, chart: null });
  });
});
