import type { Facts, Load } from './load.ts';
import { WANTED } from './load.ts';
import type { Loaded, Row } from './start-load.ts';
import * as truth from './truth.ts';

/** What is true of the things a load asks for, in the order in which REST lists them. */
interface Truth {
  readonly rows: readonly object[];
  /** There is no such thing: null is right, and for a list an empty one from a source that cannot tell. */
  readonly isMissing?: boolean;
  readonly isList?: boolean;
  /** The rows as a source has them that leaves some out. */
  readonly orOnly?: readonly object[];
}

/** Fields compared, by the names that records and the world give them. Null where a source does not say. */
const FIELDS = {
  report: [
    ['token', 'token'],
    ['name', 'name'],
    ['collectionToken', 'collectionToken'],
    ['createdAt', 'createdAt'],
  ],
  query: [
    ['token', 'token'],
    ['name', 'name'],
    ['sql', 'rawQuery'],
    ['reportToken', 'reportToken'],
  ],
  chart: [
    ['token', 'token'],
    ['title', 'title'],
    ['type', 'type'],
    ['queryToken', 'queryToken'],
    ['reportToken', 'reportToken'],
  ],
  collection: [
    ['token', 'token'],
    ['name', 'name'],
    ['type', 'type'],
  ],
  member: [['username', 'username']],
  dataSource: [
    ['token', 'token'],
    ['name', 'name'],
  ],
  stats: [
    ['reportToken', 'token'],
    ['viewCount', 'viewCount'],
    ['activeSchedulesCount', 'schedulesCount'],
  ],
  workspace: [
    ['username', 'username'],
    ['name', 'name'],
  ],
} as const;

const KIND: Readonly<Record<Load['kind'], keyof typeof FIELDS>> = {
  report: 'report',
  reportsOf: 'report',
  allReports: 'report',
  query: 'query',
  queriesOf: 'query',
  queriesWithin: 'query',
  chart: 'chart',
  chartsOf: 'chart',
  chartsWithin: 'chart',
  collection: 'collection',
  collections: 'collection',
  members: 'member',
  dataSources: 'dataSource',
  stats: 'stats',
  workspace: 'workspace',
};

/**
 * What is wrong with what a load gave; undefined when nothing is.
 *
 * @param isStrict every fact that was wanted must be there: nothing went wrong that could excuse its absence
 */
export function judgeValue(load: Load, facts: Facts, loaded: Loaded, isStrict: boolean): string | undefined {
  const { rows, isMissing, isList, orOnly } = truthOf(load);
  if (loaded.rows === undefined) return isStrict ? 'nobody could tell' : undefined;
  if (isMissing) {
    const isRight = loaded.rows === null || (isList === true && loaded.rows.length === 0);
    return isRight ? undefined : 'something was found that does not exist';
  }
  if (loaded.rows === null) {
    // A personal collection that Discovery points to and does not list.
    if (load.kind === 'collection' && load.from === 'DISCOVERY' && orOnly?.length === 0) return undefined;
    return 'null stands for something that exists';
  }
  const given = loaded.rows;
  const expected = orOnly?.length === given.length ? orOnly : rows;
  if (given.length !== expected.length) return `${given.length} rows, and not ${expected.length}`;
  const [[key, trueKey]] = FIELDS[KIND[load.kind]];
  const byKey = new Map(expected.map((row) => [field(row, trueKey), row]));
  // Pages of Discovery come in any order; REST's are read one after the other.
  const isRest = given.every((row) => (row.provenance as { source: string } | undefined)?.source === 'REST');
  for (const [place, row] of [...given, ...(loaded.page ?? [])].entries()) {
    const known = byKey.get(row[key]);
    if (!known) return `${String(row[key])} does not belong here`;
    const wrong = wrongField(KIND[load.kind], row, known);
    if (wrong !== undefined) return wrong;
    if (isRest && isOrdered(load) && place < given.length && expected[place] !== known)
      return 'the order is not REST’s';
  }
  if (new Set(given.map((row) => row[key])).size !== given.length) return 'a row stands there twice';
  return KIND[load.kind] === 'report' ? judgeArchived(facts, loaded, byKey, isStrict) : undefined;
}

/** What REST alone says of a report: right or null, and where it was wanted and nothing went wrong, right. */
function judgeArchived(
  facts: Facts,
  { rows, page }: Loaded,
  byKey: ReadonlyMap<unknown, object>,
  isStrict: boolean,
): string | undefined {
  for (const row of [...(rows ?? []), ...(page ?? [])]) {
    const known = byKey.get(row.token);
    if (row.archived !== null && known && row.archived !== field(known, 'archived')) return 'archived is wrong';
  }
  const clause = WANTED[facts].clauses.find(({ anyOf }) => !(anyOf as readonly string[]).includes('DISCOVERY'));
  const complete = clause?.scope === 'all' ? rows : clause && (page ?? rows);
  return isStrict && complete?.some((row) => row.archived === null) ? 'a fact that was wanted is missing' : undefined;
}

function wrongField(kind: keyof typeof FIELDS, row: Row, known: object): string | undefined {
  for (const [name, trueName] of FIELDS[kind]) {
    const [given, expected] = [row[name] ?? '', field(known, trueName) ?? ''];
    if (given !== expected) return `${name} is ${JSON.stringify(given)}, and not ${JSON.stringify(expected)}`;
  }
  return undefined;
}

function field(row: object, name: string): unknown {
  return (row as Row)[name];
}

function isOrdered({ kind }: Load): boolean {
  return kind === 'reportsOf' || kind === 'queriesOf' || kind === 'chartsOf' || kind === 'collections';
}

function truthOf(load: Load): Truth {
  switch (load.kind) {
    case 'report':
      return one(truth.reportOf.get(load.token));
    case 'query':
      return one(truth.queryOf.get(load.query), (row) => row.reportToken === load.report);
    case 'chart':
      return one(
        truth.chartOf.get(load.chart),
        (row) => row.reportToken === load.report && row.queryToken === load.query,
      );
    case 'collection': {
      const row = truth.collectionOf.get(load.token);
      return { ...one(row), orOnly: row?.type === 'private' ? [] : row ? [row] : [] };
    }
    case 'reportsOf':
      return below(truth.collectionOf.has(load.token), truth.reportsIn(load.token));
    case 'queriesOf':
      return below(truth.reportOf.has(load.token), truth.queriesIn(load.token));
    case 'chartsOf':
      return below(truth.queryOf.has(load.query), truth.chartsIn(load.query));
    case 'queriesWithin':
    case 'chartsWithin': {
      const { within } = load;
      const rows = load.kind === 'queriesWithin' ? truth.queries : truth.charts;
      if (within.kind === 'workspace') return below(true, rows);
      const isHere = within.kind === 'report' ? truth.reportOf : truth.collectionOf;
      return below(
        isHere.has(within.token),
        rows.filter(({ reportToken }) =>
          within.kind === 'report'
            ? reportToken === within.token
            : truth.reportOf.get(reportToken)?.collectionToken === within.token,
        ),
      );
    }
    case 'collections':
      return { rows: truth.collections, orOnly: truth.openCollections };
    case 'allReports':
    case 'stats':
      return { rows: truth.reports };
    case 'members':
      return { rows: truth.world.members };
    case 'dataSources':
      return { rows: truth.world.dataSources };
    case 'workspace':
      return { rows: [truth.world.workspace] };
  }
}

function one<T extends object>(row: T | undefined, isHere: (row: T) => boolean = () => true): Truth {
  return row && isHere(row) ? { rows: [row] } : { rows: [], isMissing: true };
}

function below(isThere: boolean, rows: readonly object[]): Truth {
  return { rows, isMissing: !isThere, isList: true };
}
