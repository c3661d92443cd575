/**
 * The simulated workspace as a normalised cache ought to hold it: every object once, with its own facts, and tied to
 * the objects it has to do with.
 */
import type { World } from '../../src/simulator/index.ts';

/** An object with a global id, as a client holds it. */
export interface HeldObject {
  readonly type: string;
  readonly id: string;
  /** What the fragment `roads_facts` asks for, but for `id`. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** To which objects it leads: the field, without its arguments, and their ids. */
  readonly links: readonly { readonly field: string; readonly id: string }[];
}

type Facts = Readonly<Record<string, unknown>>;

/** Of each type what there is, as `roads_facts` tells it. */
function truth(world: World): Record<string, Facts[]> {
  const { username, name } = world.workspace;
  const seen = <Row extends { token: string }>(rows: Row[]): Row[] =>
    rows.filter(({ token }) => world.canSee('admin', token));
  return {
    Workspace: [{ username, name }],
    Collection: seen(world.collections).map((row) => ({ token: row.token, name: row.name, type: row.type })),
    Report: seen(world.reports).map((row) => ({ token: row.token, name: row.name })),
    ReportQuery: seen(world.queries).map((row) => ({ token: row.token, sql: row.rawQuery })),
    Chart: seen(world.charts).map((row) => ({ token: row.token, type: row.type })),
    ReportRun: seen(world.reports).flatMap((row) => (row.lastRunToken === null ? [] : [{ token: row.lastRunToken }])),
    DataSource: world.dataSources.map((row) => ({ token: row.token, name: row.name })),
    Member: world.members.map((row) => ({ username: row.username })),
  };
}

/** What tells an object from others of its type, other than its id. */
const keyOf = (facts: Facts): string => String(facts.token ?? facts.username);

/** Whether the object of key `to` is where this field of the object of key `from` leads. */
type Tie = (world: World, from: string, to: string) => boolean;

const report: Tie = (world, from, to) =>
  (world.queryByToken.get(from) ?? world.chartByToken.get(from))?.reportToken === to;
const creator: Tie = (world, from, to) =>
  (
    world.collectionByToken.get(from) ??
    world.reportByToken.get(from) ??
    world.queryByToken.get(from) ??
    world.chartByToken.get(from) ??
    world.dataSourceByToken.get(from)
  )?.creatorUsername === to;
const collection: Tie = (world, from, to) => world.reportByToken.get(from)?.collectionToken === to;
const query: Tie = (world, from, to) => world.chartByToken.get(from)?.queryToken === to;
const dataSource: Tie = (world, from, to) => world.queryByToken.get(from)?.dataSourceToken === to;
const lastRun: Tie = (world, from, to) => world.reportByToken.get(from)?.lastRunToken === to;
const there: Tie = () => true;
const turned =
  (tie: Tie): Tie =>
  (world, from, to) =>
    tie(world, to, from);

/** By type and field; of the workspace's own lists the number tells. */
const TIES: Readonly<Record<string, Tie>> = {
  'Workspace.collections': there,
  'Workspace.charts': there,
  'Workspace.members': there,
  'Workspace.dataSources': there,
  'Workspace.defaultDataSource': (world, _, to) => world.dataSourceByToken.get(to)?.isDefault === true,
  'Collection.reports': turned(collection),
  'Collection.creator': creator,
  'Report.collection': collection,
  'Report.creator': creator,
  'Report.lastRun': lastRun,
  'Report.queries': turned(report),
  'ReportQuery.report': report,
  'ReportQuery.creator': creator,
  'ReportQuery.dataSource': dataSource,
  'ReportQuery.charts': turned(query),
  'Chart.query': query,
  'Chart.report': report,
  'Chart.creator': creator,
  'ReportRun.report': turned(lastRun),
  'DataSource.creator': creator,
  'DataSource.queries': turned(dataSource),
  'DataSource.reports': (world, from, to) =>
    world.liveQueries(to).some(({ dataSourceToken }) => dataSourceToken === from),
  'Member.reports': turned(creator),
};

/** What a cache holds, beside what it ought to hold: by type, every object's facts, sorted. */
export function heldAndTrue(world: World, held: readonly HeldObject[]): { held: unknown; true: unknown } {
  const sorted = (facts: readonly Facts[]): Facts[] => [...facts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const byType = (of: Record<string, readonly Facts[]>): Record<string, Facts[]> =>
    Object.fromEntries(Object.entries(of).map(([type, facts]) => [type, sorted(facts)]));
  const groups: Record<string, Facts[]> = {};
  for (const { type, facts } of held) (groups[type] ??= []).push(facts);
  return { held: byType(groups), true: byType(truth(world)) };
}

/** Links that lead to another object than they ought to, or to none; and which links there were. */
export function ties(world: World, held: readonly HeldObject[]): { wrong: string[]; followed: string[] } {
  const byId = new Map(held.map((each) => [each.id, each]));
  const followed = new Set<string>();
  const wrong = held.flatMap(({ type, facts, links }) =>
    links.flatMap(({ field, id }) => {
      const to = byId.get(id);
      followed.add(`${type}.${field}`);
      const holds = to !== undefined && TIES[`${type}.${field}`]?.(world, keyOf(facts), keyOf(to.facts)) === true;
      return holds ? [] : [`${type}.${field} of ${keyOf(facts)} leads to ${to ? keyOf(to.facts) : `nothing, ${id}`}`];
    }),
  );
  return { wrong, followed: [...followed].sort() };
}

export const EVERY_TIE: readonly string[] = Object.keys(TIES).sort();

/** Of all there is in an object the facts of `roads_facts`. */
export function factsIn(fields: Readonly<Record<string, unknown>>): Facts {
  const known = FACTS[String(fields.__typename)] ?? [];
  return Object.fromEntries(known.map((name) => [name, fields[name]]));
}

const FACTS: Readonly<Record<string, readonly string[]>> = {
  Workspace: ['username', 'name'],
  Collection: ['token', 'name', 'type'],
  Report: ['token', 'name'],
  ReportQuery: ['token', 'sql'],
  Chart: ['token', 'type'],
  ReportRun: ['token'],
  DataSource: ['token', 'name'],
  Member: ['username'],
};

/** What a client keeps under one key: fields, and which keys they lead to. */
export interface HeldRecord {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly field: string; readonly key: string }[];
}

/**
 * The objects among the records of a client. Records that are not objects of their own, such as a page of a list, are
 * part of the object that leads to them.
 */
export function objectsIn(records: ReadonlyMap<string, HeldRecord>, isObject: (key: string) => boolean): HeldObject[] {
  const idOf = (key: string): string => String(records.get(key)?.fields.id);
  const through = (key: string, met: Set<string>): string[] => {
    if (met.has(key)) return [];
    met.add(key);
    if (isObject(key)) return [idOf(key)];
    return (records.get(key)?.links ?? []).flatMap((link) => through(link.key, met));
  };
  return [...records]
    .filter(([key]) => isObject(key))
    .map(([key, { fields, links }]) => ({
      type: String(fields.__typename),
      id: idOf(key),
      facts: factsIn(fields),
      links: links.flatMap(({ field, key: to }) => through(to, new Set()).map((id) => ({ field, id }))),
    }));
}
