/** Every connection of the schema, each at a place where it is long, and what the simulated workspace says is in it. */
import type { World } from '../../src/simulator/index.ts';
import { inOrder } from '../support/world-order.ts';

export type RowType = 'Collection' | 'Report' | 'ReportQuery' | 'Chart' | 'Member' | 'DataSource';

export interface EveryList {
  /** Such as `Collection.reports`. */
  readonly name: string;
  /** The type it stands on. */
  readonly parent: string;
  readonly field: string;
  /** The type of its rows. */
  readonly of: RowType;
  /** The field of the root that leads to the parent with the most rows, with its arguments. */
  root(world: World): string;
  /** Of each row its token, or its username, in the order that a list has when none is asked for. */
  truth(world: World): string[];
}

/** What tells a row from others of its type; it is no part of the id. */
export const KEY_OF: Readonly<Record<RowType, 'token' | 'username'>> = {
  Collection: 'token',
  Report: 'token',
  ReportQuery: 'token',
  Chart: 'token',
  Member: 'username',
  DataSource: 'token',
};

interface Row {
  readonly token: string;
}

const ROWS: Readonly<Record<RowType, (world: World) => string[]>> = {
  Collection: (world) => tokens(inOrder(seen(world, world.collections), (row) => row.name)),
  Report: (world) => tokens(inOrder(seen(world, world.reports), (row) => row.createdAt, 'DESC')),
  ReportQuery: (world) => tokens(inOrder(seen(world, world.queries), (row) => row.name)),
  Chart: (world) => tokens(inOrder(seen(world, world.charts), (row) => (row.title === '' ? null : row.title))),
  Member: (world) => inOrder(world.members, (row) => row.username).map((row) => row.username),
  DataSource: (world) => tokens(inOrder(world.dataSources, (row) => row.name)),
};

/** How each row knows whose it is. */
type Owners = (world: World, key: string) => readonly (string | undefined)[];

const reportsCollection: Owners = (world, key) => [world.reportByToken.get(key)?.collectionToken];
const querysReport: Owners = (world, key) => [world.queryByToken.get(key)?.reportToken];
const chartsReport: Owners = (world, key) => [world.chartByToken.get(key)?.reportToken];

export const EVERY_LIST: readonly EveryList[] = [
  ofWorkspace('collections', 'Collection'),
  ofWorkspace('reports', 'Report'),
  ofWorkspace('queries', 'ReportQuery'),
  ofWorkspace('charts', 'Chart'),
  ofWorkspace('members', 'Member'),
  ofWorkspace('dataSources', 'DataSource'),
  listOf('Collection', 'reports', 'Report', reportsCollection),
  listOf('Collection', 'queries', 'ReportQuery', (world, key) =>
    querysReport(world, key).flatMap((report = '') => reportsCollection(world, report)),
  ),
  listOf('Collection', 'charts', 'Chart', (world, key) =>
    chartsReport(world, key).flatMap((report = '') => reportsCollection(world, report)),
  ),
  listOf('Report', 'queries', 'ReportQuery', querysReport),
  listOf('Report', 'charts', 'Chart', chartsReport),
  listOf('ReportQuery', 'charts', 'Chart', (world, key) => [world.chartByToken.get(key)?.queryToken]),
  listOf('DataSource', 'queries', 'ReportQuery', (world, key) => [world.queryByToken.get(key)?.dataSourceToken]),
  listOf('DataSource', 'reports', 'Report', (world, key) => [
    ...new Set(world.liveQueries(key).map((query) => query.dataSourceToken)),
  ]),
  listOf('Member', 'reports', 'Report', (world, key) => [world.reportByToken.get(key)?.creatorUsername]),
];

/** @throws for a list there is not */
export function listNamed(name: string): EveryList {
  const found = EVERY_LIST.find((list) => list.name === name);
  if (!found) throw new Error(`there is no list ${name}`);
  return found;
}

function ofWorkspace(field: string, of: RowType): EveryList {
  return { name: `Workspace.${field}`, parent: 'Workspace', field, of, root: () => 'workspace', truth: ROWS[of] };
}

type Parent = 'Collection' | 'Report' | 'ReportQuery' | 'DataSource' | 'Member';

const ROOTS: Readonly<Record<Parent, (world: World, key: string) => string>> = {
  Collection: (_, key) => `collection(token: "${key}")`,
  Report: (_, key) => `report(token: "${key}")`,
  ReportQuery: (world, key) => {
    const report = world.queryByToken.get(key)?.reportToken ?? '';
    return `reportQuery(reportToken: "${report}", token: "${key}")`;
  },
  DataSource: (_, key) => `dataSource(token: "${key}")`,
  Member: (_, key) => `member(username: "${key}")`,
};

function listOf(parent: Parent, field: string, of: RowType, owners: Owners): EveryList {
  /** Of every parent its rows, in order. */
  const grouped = (world: World): Map<string, string[]> => {
    const groups = new Map<string, string[]>();
    for (const key of ROWS[of](world)) {
      for (const owner of owners(world, key)) {
        if (owner !== undefined) groups.set(owner, [...(groups.get(owner) ?? []), key]);
      }
    }
    return groups;
  };
  const largest = (world: World): [string, string[]] => {
    const [first] = [...grouped(world)].sort(([, a], [, b]) => b.length - a.length);
    if (first === undefined) throw new Error(`the world has no ${parent} with ${field}`);
    return first;
  };
  return {
    name: `${parent}.${field}`,
    parent,
    field,
    of,
    root: (world) => ROOTS[parent](world, largest(world)[0]),
    truth: (world) => largest(world)[1],
  };
}

function seen<T extends Row>(world: World, rows: readonly T[]): T[] {
  return rows.filter(({ token }) => world.canSee('admin', token));
}

function tokens(rows: readonly Row[]): string[] {
  return rows.map(({ token }) => token);
}

/** A page small enough that the list takes several, the last of them not full unless it must be. */
export function pageSizeFor(rows: number): number {
  return Math.max(1, Math.floor(rows / 4));
}

/**
 * The text of a question for one page. Its fields are `root { list }`, and `key` on each row.
 *
 * @param besides arguments of the list other than those of paging, such as `filter: { archived: false }`
 */
export function questionFor(list: EveryList, world: World, besides = ''): string {
  return `query Page($first: Int, $after: String, $last: Int, $before: String) {
    root: ${list.root(world)} {
      __typename
      id
      list: ${list.field}(first: $first, after: $after, last: $last, before: $before, ${besides}) {
        totalCount
        edges { cursor node { __typename id key: ${KEY_OF[list.of]} } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }`;
}

export interface ListPage {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly __typename: RowType; readonly id: string; readonly key: string };
  }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface PageAnswer {
  readonly root: { readonly __typename: string; readonly id: string; readonly list: ListPage };
}

export interface PageVariables {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export type Way = 'forward' | 'backward';

/** The variables of the next page, or nothing at the end. */
export function nextPage(way: Way, size: number, { pageInfo }: ListPage): PageVariables | undefined {
  if (way === 'forward') return pageInfo.hasNextPage ? { first: size, after: pageInfo.endCursor } : undefined;
  return pageInfo.hasPreviousPage ? { last: size, before: pageInfo.startCursor } : undefined;
}

export function firstPage(way: Way, size: number): PageVariables {
  return way === 'forward' ? { first: size } : { last: size };
}
