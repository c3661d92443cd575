import type { Source } from '../../loading/plan.ts';
import type { Pins } from '../../loading/parts.ts';
import { once } from '../../loading/made-once.ts';
import { InvalidCursorError } from '../errors/invalid-cursor-error.ts';
import { cursorWriter, decodeCursor, fingerprint, type DecodedCursor, type ListIdentity } from './cursor.ts';
import {
  countBefore,
  nameOfOrdering,
  placesInOrder,
  positionOf,
  type Named,
  type Ordering,
  type Places,
} from './ordered-rows.ts';
import { readPageSize, type PageArguments, type PageLimits } from './page-arguments.ts';

export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

export interface ConnectionPage<Row> {
  readonly totalCount: number;
  readonly edges: Edge<Row>[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    /** Null on an empty page. */
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface RowOrder<Row> extends Ordering<Row> {
  /** Where the value can come from. */
  readonly sources: readonly Source[];
}

export interface ListRequest<Row> {
  readonly identity: Pick<ListIdentity, 'list' | 'filter'>;
  readonly order: RowOrder<Row>;
  readonly page: PageArguments;
  readonly limits: PageLimits;
}

/** A page cut out of a list that is not known yet. */
export interface PageCutter<Row> {
  /** Rows the page will hold at most. */
  readonly size: number;
  /** The snapshots that the page before was cut from. */
  readonly pins: Pins;
  /** @param places of the rows that belong to the list, in order; all of them by default */
  cut(rows: readonly Row[], places?: Places): Cut<Row>;
  /** Whether it would show every row of a list so long, whatever their order. */
  showsAll(rows: number): boolean;
}

/** The rows of a page, and the page they make. */
export interface Cut<Row> {
  readonly rows: readonly Row[];
  /** @param completed the same rows, with more facts; where they stand in the list is told by what they were */
  page(pins?: Pins, completed?: readonly Row[]): ConnectionPage<Row>;
}

/**
 * Reads the arguments of a connection and throws for bad ones, before anything is fetched: bad input
 * must cost no call. What it returns cuts the page out of the rows once they are there.
 *
 * `hasNextPage` and `hasPreviousPage` tell the truth in both directions, whichever way one pages.
 */
export function preparePage<Row extends Named>(request: ListRequest<Row>): PageCutter<Row> {
  const { order } = request;
  const { end, size } = readPageSize(request.page, request.limits);
  // A digest: most of the lists inside lists are not asked for a cursor, and need none.
  const owner = once(() => fingerprint({ ...request.identity, order: nameOfOrdering(order) }));
  const after = readCursor('after', request.page.after, owner);
  const before = readCursor('before', request.page.before, owner);

  return {
    size,
    pins: after?.pins ?? before?.pins ?? {},
    showsAll: (rows) => rows <= size && !after && !before,
    cut(rows, places = placesInOrder(rows, order)) {
      const total = places.length;
      const from = after ? countBefore(rows, places, after.position, order, true) : 0;
      const to = before ? Math.max(from, countBefore(rows, places, before.position, order, false)) : total;
      const start = end === 'first' ? from : Math.max(from, to - size);
      const stop = end === 'first' ? Math.min(to, from + size) : to;
      const shown: Row[] = [];
      for (let index = start; index < stop; index++) {
        const row = rows[places[index] ?? -1];
        if (row) shown.push(row);
      }
      return {
        rows: shown,
        page(pins, completed = shown) {
          const write = once(() => cursorWriter(owner(), pins));
          const cursorOf = (row: Row): string => write()(positionOf(row, order));
          const edges = shown.map((row, index) => new LazyEdge(row, completed[index] ?? row, cursorOf));
          return {
            totalCount: total,
            edges,
            pageInfo: {
              hasNextPage: stop < total,
              hasPreviousPage: start > 0,
              get startCursor() {
                return edges.at(0)?.cursor ?? null;
              },
              get endCursor() {
                return edges.at(-1)?.cursor ?? null;
              },
            },
          };
        },
      };
    },
  };
}

/** Its cursor is made when it is asked for: most pages are asked for one of theirs, at the end. */
class LazyEdge<Row> implements Edge<Row> {
  readonly node: Row;
  readonly #row: Row;
  readonly #cursorOf: (row: Row) => string;

  constructor(row: Row, node: Row, cursorOf: (row: Row) => string) {
    this.#row = row;
    this.node = node;
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf(this.#row);
  }
}

function readCursor(
  argument: 'after' | 'before',
  cursor: string | null | undefined,
  owner: () => string,
): DecodedCursor | undefined {
  if (cursor == null) return undefined;
  const decoded = decodeCursor(cursor, owner());
  if (!decoded) throw new InvalidCursorError(argument);
  return decoded;
}
