/** Queries whose SQL lies on a shelf. */
import type { ReportQueryRecord } from '../mode/records.ts';
import { SqlShelf } from './sql-shelf.ts';

/**
 * A query whose SQL is read from the shelf each time it is asked for. Its fields are named one by one: copied in a loop they would lie in
 * a table beside the object, half as large again.
 */
class ShelvedQuery implements ReportQueryRecord {
  readonly kind: ReportQueryRecord['kind'];
  readonly token: ReportQueryRecord['token'];
  readonly reportToken: ReportQueryRecord['reportToken'];
  readonly modeId: ReportQueryRecord['modeId'];
  readonly name: ReportQueryRecord['name'];
  readonly collectionToken: ReportQueryRecord['collectionToken'];
  readonly creatorUsername: ReportQueryRecord['creatorUsername'];
  readonly creatorEmail: ReportQueryRecord['creatorEmail'];
  readonly createdAt: ReportQueryRecord['createdAt'];
  readonly updatedAt: ReportQueryRecord['updatedAt'];
  readonly lastRunId: ReportQueryRecord['lastRunId'];
  readonly dataSourceId: ReportQueryRecord['dataSourceId'];
  readonly dataSourceToken: ReportQueryRecord['dataSourceToken'];
  readonly explorationsCount: ReportQueryRecord['explorationsCount'];
  readonly reportImportsCount: ReportQueryRecord['reportImportsCount'];
  readonly dbtMetricId: ReportQueryRecord['dbtMetricId'];
  readonly dbtMetricToken: ReportQueryRecord['dbtMetricToken'];
  readonly provenance: ReportQueryRecord['provenance'];
  #shelf: SqlShelf;
  #place: number;

  constructor(row: ReportQueryRecord, shelf: SqlShelf, place: number) {
    this.kind = row.kind;
    this.token = row.token;
    this.reportToken = row.reportToken;
    this.modeId = row.modeId;
    this.name = row.name;
    this.collectionToken = row.collectionToken;
    this.creatorUsername = row.creatorUsername;
    this.creatorEmail = row.creatorEmail;
    this.createdAt = row.createdAt;
    this.updatedAt = row.updatedAt;
    this.lastRunId = row.lastRunId;
    this.dataSourceId = row.dataSourceId;
    this.dataSourceToken = row.dataSourceToken;
    this.explorationsCount = row.explorationsCount;
    this.reportImportsCount = row.reportImportsCount;
    this.dbtMetricId = row.dbtMetricId;
    this.dbtMetricToken = row.dbtMetricToken;
    this.provenance = row.provenance;
    this.#shelf = shelf;
    this.#place = place;
  }

  get sql(): string {
    return this.#shelf.text(this.#place);
  }

  static onShelf<Result>(row: object, use: (shelf: SqlShelf, place: number) => Result): Result | undefined {
    return #shelf in row ? use(row.#shelf, row.#place) : undefined;
  }

  static move(row: object, shelf: SqlShelf, place: number): void {
    if (!(#shelf in row)) return;
    row.#shelf = shelf;
    row.#place = place;
  }
}

/** Undefined for a query whose SQL lies in the record itself, as REST's does. */
export const onShelf: typeof ShelvedQuery.onShelf = (row, use) => ShelvedQuery.onShelf(row, use);

/** Has the SQL of a shelved query, the same text, lie elsewhere from now on. */
export const moveToShelf: typeof ShelvedQuery.move = (row, shelf, place) => ShelvedQuery.move(row, shelf, place);

/** The same queries with their SQL on one shelf; as they are, those that have none. */
export function shelveQueries(rows: readonly ReportQueryRecord[]): ReportQueryRecord[] {
  const texts: string[] = [];
  const places = rows.map(({ sql }) => (sql === null || !isUtf8(sql) ? undefined : texts.push(sql) - 1));
  const shelf = SqlShelf.of(texts);
  return rows.map((row, at) => {
    const place = places[at];
    return place === undefined ? row : new ShelvedQuery(row, shelf, place);
  });
}

/** Of a query that was stored, in the place of its SQL: that it lies on the shelf beside it, after those before it. */
export const ON_SHELF = true;

/**
 * Queries as they were, of rows that were stored beside a shelf.
 *
 * @throws when there are more or fewer of them than texts on it
 */
export function takeFromShelf(rows: readonly ReportQueryRecord[], shelf: SqlShelf | undefined): ReportQueryRecord[] {
  let place = 0;
  const queries = rows.map((row) => {
    if ((row.sql as unknown) !== ON_SHELF) return row;
    if (!shelf) throw new Error('there is no shelf');
    return new ShelvedQuery(row, shelf, place++);
  });
  if (place !== (shelf?.ends.length ?? 0)) throw new Error('the shelf is another one');
  return queries;
}

/** JSON can name half a surrogate pair, which UTF-8 cannot hold. */
export function isUtf8(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length || !/\p{Cs}/u.test(text);
}
