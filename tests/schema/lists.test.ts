import type { Gateway } from '../../src/gateway.ts';
import type { SimCollection, SimReport, Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { listAt, textAt } from '../support/tree.ts';
import { inOrder, some } from '../support/world-order.ts';

describe('filters and orders', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 8, reports: 90, members: 8 } });
    gateway = gatewayOver(envFor(mode));
  });

  afterAll(() => mode.close());

  const tokensAt = async (query: string, path: string): Promise<string[]> => {
    const answer = await ask(gateway, query);
    expect(answer.errors).toBeUndefined();
    return listAt(answer.data, path).map((node) => textAt(node, 'token'));
  };
  const collections = (args: string) =>
    tokensAt(`{ workspace { collections(${args}) { nodes { token } } } }`, 'workspace.collections.nodes');
  const reports = (args: string) =>
    tokensAt(`{ workspace { reports(first: 100, ${args}) { nodes { token } } } }`, 'workspace.reports.nodes');
  const tokens = (rows: readonly { token: string }[]): string[] => rows.map((row) => row.token);
  const newestFirst = (rows: SimReport[]) => inOrder(rows, (row) => row.createdAt, 'DESC');

  it.each<[string, (row: SimCollection) => boolean]>([
    ['types: ["custom"]', (row) => row.type === 'custom'],
    ['types: ["private", "community"]', (row) => row.type !== 'custom'],
    ['types: []', () => false],
    ['search: "COMMUNITY"', (row) => `${row.name} ${row.description}`.toLowerCase().includes('community')],
    ['defaultAccessLevels: ["view"]', (row) => row.defaultAccessLevel === 'view'],
    [
      'types: ["custom"], defaultAccessLevels: ["restricted", "edit"]',
      (row) => row.type === 'custom' && row.defaultAccessLevel !== 'view',
    ],
  ])('collections with %s', async (filter, fits) => {
    expect(await collections(`filter: { ${filter} }`)).toEqual(
      tokens(inOrder(mode.world.collections.filter(fits), (row) => row.name)),
    );
  });

  it('collections by their creators', async () => {
    const { creatorUsername } = some(mode.world.collections);
    expect(await collections(`filter: { creators: ["${creatorUsername}", "nobody"] }`)).toEqual(
      tokens(
        inOrder(
          mode.world.collections.filter((row) => row.creatorUsername === creatorUsername),
          (row) => row.name,
        ),
      ),
    );
  });

  it.each<[string, (row: SimReport) => boolean]>([
    ['archived: false', (row) => !row.archived],
    ['archived: true', (row) => row.archived],
    ['public: true', (row) => row.public],
    ['types: ["DatasetReport"]', (row) => row.type === 'DatasetReport'],
    ['scheduled: true', (row) => row.schedulesCount > 0],
    ['scheduled: false', (row) => row.schedulesCount === 0],
    ['neverRun: true', (row) => row.lastRunAt === null],
    ['neverRun: false', (row) => row.lastRunAt !== null],
    ['viewCount: { min: 5 }', (row) => row.viewCount >= 5],
    ['viewCount: { min: 1, max: 20 }', (row) => row.viewCount >= 1 && row.viewCount <= 20],
    ['viewCount: {}', () => true],
    ['createdAt: { after: "2025-01-01T00:00:00Z" }', (row) => row.createdAt >= '2025-01-01'],
    ['updatedAt: { before: "2025-06-01T00:00:00+02:00" }', (row) => row.updatedAt < '2025-05-31T22:00:00.000Z'],
    ['lastRunAt: { after: "2000-01-01T00:00:00Z" }', (row) => row.lastRunAt !== null],
    ['search: "REVENUE"', (row) => `${row.name ?? ''}\n${row.description ?? ''}`.toLowerCase().includes('revenue')],
    [
      'archived: false, scheduled: true, types: ["Report"]',
      (row) => !row.archived && row.schedulesCount > 0 && row.type === 'Report',
    ],
  ])('reports with %s', async (filter, fits) => {
    expect(await reports(`filter: { ${filter} }`)).toEqual(tokens(newestFirst(mode.world.reports.filter(fits))));
  });

  it('reports of some collections, by some creators; both ends of a time range as promised', async () => {
    const [one, two] = mode.world.collections;
    const { createdAt, creatorUsername } = some(mode.world.reports);
    expect(await reports(`filter: { collections: ["${one?.token}", "${two?.token}"] }`)).toEqual(
      tokens(newestFirst(mode.world.reports.filter((row) => [one?.token, two?.token].includes(row.collectionToken)))),
    );
    expect(await reports(`filter: { creators: ["${creatorUsername}"] }`)).toEqual(
      tokens(newestFirst(mode.world.reports.filter((row) => row.creatorUsername === creatorUsername))),
    );
    expect(await reports(`filter: { createdAt: { after: "${createdAt}" } }`)).toEqual(
      tokens(newestFirst(mode.world.reports.filter((row) => row.createdAt >= createdAt))),
    );
    expect(await reports(`filter: { createdAt: { before: "${createdAt}" } }`)).toEqual(
      tokens(newestFirst(mode.world.reports.filter((row) => row.createdAt < createdAt))),
    );
  });

  it.each<[string, (row: SimReport) => string | number | null]>([
    ['NAME', (row) => row.name],
    ['CREATED_AT', (row) => row.createdAt],
    ['UPDATED_AT', (row) => row.updatedAt],
    ['EDITED_AT', (row) => row.editedAt],
    ['LAST_RUN_AT', (row) => row.lastRunAt],
    ['VIEW_COUNT', (row) => row.viewCount],
  ])('reports ordered by %s, either way, ascending when nothing is said', async (field, valueOf) => {
    const ascending = tokens(inOrder(mode.world.reports, valueOf));
    expect(await reports(`orderBy: { field: ${field} }`)).toEqual(ascending);
    expect(await reports(`orderBy: { field: ${field}, direction: DESC }`)).toEqual(
      tokens(inOrder(mode.world.reports, valueOf, 'DESC')),
    );
  });

  it('collections ordered by TYPE, ties by token', async () => {
    expect(await collections('orderBy: { field: TYPE, direction: DESC }')).toEqual(
      tokens(inOrder(mode.world.collections, (row) => row.type, 'DESC')),
    );
  });

  it('queries of a report, found by SQL, name, creator and database, in each order', async () => {
    const report = some(mode.world.reports, (row) => mode.world.liveQueries(row.token).length > 3);
    const rows = mode.world.liveQueries(report.token);
    const one = some(rows);
    const word = one.rawQuery.slice(10, 30);
    const at = (args: string) =>
      tokensAt(
        `{ report(token: "${report.token}") { queries(first: 100, ${args}) { nodes { token } } } }`,
        'report.queries.nodes',
      );
    const byName = (fits: (row: (typeof rows)[number]) => boolean) =>
      tokens(inOrder(rows.filter(fits), (row) => row.name));
    expect(await at(`filter: { sqlContains: ${JSON.stringify(word.toUpperCase())} }`)).toEqual(
      byName((row) => row.rawQuery.toLowerCase().includes(word.toLowerCase())),
    );
    expect(await at(`filter: { creators: ["${one.creatorUsername}"] }`)).toEqual(
      byName((row) => row.creatorUsername === one.creatorUsername),
    );
    expect(await at(`filter: { dataSources: ["${one.dataSourceToken}"] }`)).toEqual(
      byName((row) => row.dataSourceToken === one.dataSourceToken),
    );
    expect(await at(`filter: { updatedAt: { after: "${one.updatedAt}" } }`)).toEqual(
      byName((row) => row.updatedAt >= one.updatedAt),
    );
    expect(await at('orderBy: { field: CREATED_AT, direction: DESC }')).toEqual(
      tokens(inOrder(rows, (row) => row.createdAt, 'DESC')),
    );
    expect(await at('orderBy: { field: UPDATED_AT }')).toEqual(tokens(inOrder(rows, (row) => row.updatedAt)));
  });

  it('charts of a query, found by title and type, in each order', async () => {
    const query = some(mode.world.queries, (row) => mode.world.liveCharts(row.token).length > 2);
    const rows = mode.world.liveCharts(query.token);
    const one = some(rows, (row) => row.title !== '');
    const at = (args: string) =>
      tokensAt(
        `{ reportQuery(reportToken: "${query.reportToken}", token: "${query.token}") { charts(${args}) { nodes { token } } } }`,
        'reportQuery.charts.nodes',
      );
    const byTitle = (fits: (row: (typeof rows)[number]) => boolean) =>
      tokens(inOrder(rows.filter(fits), (row) => row.title || null));
    expect(await at(`filter: { types: ["${one.type}"] }`)).toEqual(byTitle((row) => row.type === one.type));
    expect(await at(`filter: { search: ${JSON.stringify(one.title.toUpperCase())} }`)).toContain(one.token);
    expect(await at('orderBy: { field: TYPE }')).toEqual(tokens(inOrder(rows, (row) => row.type)));
    expect(await at('orderBy: { field: CREATED_AT }')).toEqual(tokens(inOrder(rows, (row) => row.createdAt)));
    expect(await at('orderBy: { field: UPDATED_AT, direction: DESC }')).toEqual(
      tokens(inOrder(rows, (row) => row.updatedAt, 'DESC')),
    );
  });

  it('walks every report once in pages, whichever way, with cursors that pageInfo repeats', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const answer = await ask(
        gateway,
        `query ($after: String) { workspace { reports(first: 17, after: $after, orderBy: { field: VIEW_COUNT, direction: DESC }) {
          edges { cursor node { token } } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      const edges = listAt(answer.data, 'workspace.reports.edges');
      seen.push(...edges.map((edge) => textAt(edge, 'node.token')));
      const end = textAt(answer.data, 'workspace.reports.pageInfo.endCursor');
      expect(textAt(edges.at(-1), 'cursor')).toBe(end);
      if (!JSON.stringify(answer.data).includes('"hasNextPage":true')) break;
      after = end;
    }
    expect(seen).toEqual(tokens(inOrder(mode.world.reports, (row) => row.viewCount, 'DESC')));
  });
});
