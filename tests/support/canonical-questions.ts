/** The seven questions the gateway is measured by: how each is asked, what the world says, and what it may cost. */
import type { SimCollection, SimQuery, SimReport, World } from '../../src/simulator/index.ts';
import type { Tree } from './tree.ts';
import { inOrder } from './world-order.ts';

/** Which collections the answer may show: Discovery leaves out members' personal ones. */
export interface Shown {
  readonly personal: boolean;
}

export interface CanonicalQuestion {
  readonly name: string;
  readonly query: string;
  /** Calls it may cost with Discovery and an empty catalog. */
  readonly bill: number;
  truth(shown: Shown): Tree;
}

const BY_NAME = (row: { readonly name: string | null }) => row.name;

export function canonicalQuestions(world: World): CanonicalQuestion[] {
  const collections = ({ personal }: Shown): SimCollection[] =>
    inOrder(
      world.collections.filter((row) => personal || row.type !== 'private'),
      BY_NAME,
    );
  const reportsOf = (token: string): SimReport[] => world.reportsByCollection.get(token) ?? [];
  const latest = (rows: readonly SimReport[], count: number): SimReport[] =>
    inOrder(rows, (row) => row.createdAt, 'DESC').slice(0, count);
  const queriesOf = (report: string): Tree => ({
    nodes: inOrder(world.queriesByReport.get(report) ?? [], BY_NAME)
      .slice(0, 20)
      .map(queryOf),
  });
  const queryOf = (row: SimQuery): Tree => ({
    name: row.name,
    sql: row.rawQuery,
    charts: {
      nodes: inOrder(world.chartsByQuery.get(row.token) ?? [], (chart) => chart.title || null)
        .slice(0, 20)
        .map((chart) => ({ title: chart.title || null, type: chart.type })),
    },
  });

  const one = threeQueries(world);
  const hundred = world.reports.filter((_, index) => index % Math.ceil(world.reports.length / 100) === 0);
  const hundredTokens = hundred.slice(0, 100).map((row) => row.token);
  const mentioning = world.queries.filter((row) => words(row.rawQuery).includes('orders'));
  const scheduled = world.reports.filter((row) => row.schedulesCount > 0);
  const reported = (token: string): string | null => world.reportByToken.get(token)?.name ?? null;

  return [
    {
      name: 'Q1',
      bill: 39,
      query: `{ workspace { name collections(first: 20) { totalCount nodes { name reports(first: 50) { totalCount nodes {
        name queries { nodes { name sql charts { nodes { title type } } } } } } } } } }`,
      truth: (shown) => ({
        workspace: {
          name: world.workspace.name,
          collections: {
            totalCount: collections(shown).length,
            nodes: collections(shown)
              .slice(0, 20)
              .map(({ name, token }) => ({
                name,
                reports: {
                  totalCount: reportsOf(token).length,
                  nodes: latest(reportsOf(token), 50).map((row) => ({ name: row.name, queries: queriesOf(row.token) })),
                },
              })),
          },
        },
      }),
    },
    {
      name: 'Q2',
      bill: 2 + (world.queriesByReport.get(one.token)?.length ?? 0),
      query: `{ report(token: "${one.token}") { name queries { nodes { name sql charts { nodes { title type } } } } } }`,
      truth: () => ({ report: { name: one.name, queries: queriesOf(one.token) } }),
    },
    {
      name: 'Q3',
      bill: 6,
      query: `{ reports(tokens: ${JSON.stringify(hundredTokens)}) { token name collection { name } } }`,
      truth: ({ personal }) => ({
        reports: hundred.slice(0, 100).map((row) => {
          const home = world.collectionByToken.get(row.collectionToken);
          const isShown = home !== undefined && (personal || home.type !== 'private');
          return { token: row.token, name: row.name, collection: isShown ? { name: home.name } : null };
        }),
      }),
    },
    {
      name: 'Q4',
      bill: 5,
      query: `{ workspace { reports(first: 10, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) {
        nodes { name lastViewedAt } } } }`,
      truth: () => ({
        workspace: {
          reports: {
            nodes: inOrder(world.reports, (row) => row.lastViewedAt, 'DESC')
              .slice(0, 10)
              .map(({ name, lastViewedAt }) => ({ name, lastViewedAt })),
          },
        },
      }),
    },
    {
      name: 'Q5',
      bill: 6,
      query: `{ workspace { collections(first: 100) { nodes { name reports { totalCount } } } } }`,
      truth: (shown) => ({
        workspace: {
          collections: {
            nodes: collections(shown)
              .slice(0, 100)
              .map(({ name, token }) => ({ name, reports: { totalCount: reportsOf(token).length } })),
          },
        },
      }),
    },
    {
      name: 'Q6',
      bill: 18,
      query: `{ workspace { queries(first: 50, filter: { usesIdentifier: "orders" }) {
        totalCount nodes { name report { name } } } } }`,
      truth: () => ({
        workspace: {
          queries: {
            totalCount: mentioning.length,
            nodes: inOrder(mentioning, BY_NAME)
              .slice(0, 50)
              .map((row) => ({ name: row.name, report: { name: reported(row.reportToken) } })),
          },
        },
      }),
    },
    {
      name: 'Q7',
      bill: 10,
      query: `{ workspace { reports(first: 50, filter: { scheduled: true }) { totalCount nodes { name viewCount } } } }`,
      truth: () => ({
        workspace: {
          reports: {
            totalCount: scheduled.length,
            nodes: latest(scheduled, 50).map(({ name, viewCount }) => ({ name, viewCount })),
          },
        },
      }),
    },
  ];
}

/** The words of a piece of SQL, in small letters: what an identifier is compared with, written down a second time. */
export function words(sql: string): string[] {
  return sql.toLowerCase().split(/[^\p{L}\p{N}_$]+/u);
}

function threeQueries(world: World): SimReport {
  const found = world.reports.find((row) => world.queriesByReport.get(row.token)?.length === 3);
  if (!found) throw new Error('the world has no report of three queries');
  return found;
}
