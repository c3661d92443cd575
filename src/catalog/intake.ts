/** What is done with rows as they come, page by page or block by block, so that a list never lies there twice. */
import type { ReportQueryRecord } from '../mode/records.ts';
import type { CatalogListName, CatalogRows } from './catalog-lists.ts';
import { LIST_KEYS, type ListKeys } from './list-keys.ts';
import type { ListSnapshot } from './list-snapshot.ts';
import { shelveQueries } from './shelved-queries.ts';
import { createSharing } from './shared-texts.ts';

type AnyRow = CatalogRows[CatalogListName];

export interface Intake<Row> {
  /** @param digest tells the page from others; undefined when it cannot be known again */
  take(rows: readonly Row[], page?: number, digest?: string): Row[];
  /** What was taken of a page when the list was read that is held now, if it was this one. */
  recall(page: number, digest: string): readonly Row[] | undefined;
  /** To be told when the list has been replaced, and not before: what came of a reading that failed is not to be recalled. */
  settled(rows: readonly Row[] | undefined): void;
}

interface KnownPage {
  readonly digest: string;
  readonly rows: readonly AnyRow[];
}

/** Of the array of rows that a list has. */
const pagesOf = new WeakMap<readonly AnyRow[], ReadonlyMap<number, KnownPage>>();

/** @param before the list as it is held: its rows are taken instead of new ones that are the same */
export function createIntake<Row extends AnyRow>(name: CatalogListName, before?: ListSnapshot<Row>): Intake<Row> {
  const held = keepingHeld(name, before);
  const sharing = createSharing(name);
  const known = before && pagesOf.get(before.rows);
  const pages = new Map<number, KnownPage>();
  const keep = (page: number, digest: string | undefined, rows: Row[]): Row[] => {
    if (digest === undefined) pages.delete(page);
    else pages.set(page, { digest, rows });
    return rows;
  };
  return {
    recall(page, digest) {
      const was = known?.get(page);
      if (was?.digest !== digest) return undefined;
      pages.set(page, was);
      return was.rows as readonly Row[];
    },
    settled(rows) {
      // Whoever walks over the old array needs its pages no more.
      if (before) pagesOf.delete(before.rows);
      if (rows) pagesOf.set(rows, pages);
    },
    take(rows, page = 0, digest) {
      const taken = rows.map(held);
      const fresh = taken.filter((row, place) => row === rows[place]);
      for (const row of fresh) sharing.row(row);
      if (name !== 'queries' || fresh.length === 0) return keep(page, digest, taken);
      const shelved = shelveQueries(fresh as unknown as ReportQueryRecord[]) as unknown as Row[];
      let next = 0;
      return keep(
        page,
        digest,
        taken.map((row, place) => (row === rows[place] ? (shelved[next++] ?? row) : row)),
      );
    },
  };
}

/** Gives, instead of a row, that of the list as it is held which says the same. */
export function keepingHeld<Row extends AnyRow>(name: CatalogListName, before?: ListSnapshot<Row>): (row: Row) => Row {
  if (!before) return (row) => row;
  const { key } = LIST_KEYS[name] as unknown as ListKeys<Row>;
  return (row) => {
    const held = before.byKey.get(key(row));
    return held !== undefined && tellTheSame(row, held) ? held : row;
  };
}

/** Whether two records of a thing say the same of it, whenever it was said. */
export function tellTheSame(fresh: AnyRow, held: AnyRow): boolean {
  const facts = fresh as unknown as Facts;
  const known = held as unknown as Facts;
  for (const field of Object.keys(facts)) {
    if (field === 'provenance') continue;
    const [now, then] = [facts[field], known[field]];
    if (now !== then && !isSameList(now, then)) return false;
  }
  // Of a query on a shelf it is no field of its own.
  if (!('sql' in fresh) || Object.hasOwn(fresh, 'sql')) return true;
  return 'sql' in held && fresh.sql === held.sql;
}

type Facts = Readonly<Record<string, unknown>>;

function isSameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((each, place) => each === b[place]);
}
