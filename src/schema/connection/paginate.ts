import type { Source } from '../../loading/plan.ts';
import type { Pins } from '../../loading/parts.ts';
import { InvalidCursorError } from '../errors/invalid-cursor-error.ts';
import {
  decodeCursor,
  encodeCursor,
  fingerprint,
  type DecodedCursor,
  type ListIdentity,
  type Position,
  type SortValue,
} from './cursor.ts';
import { comparePositions, type Direction } from './order.ts';
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

export interface RowOrder<Row> {
  readonly name: string;
  readonly direction: Direction;
  /** Where the value can come from. */
  readonly sources: readonly Source[];
  valueOf(row: Row): SortValue;
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
  cut(rows: readonly Row[], pins?: Pins): ConnectionPage<Row>;
}

/**
 * Reads the arguments of a connection and throws for bad ones, before anything is fetched: bad input
 * must cost no call. What it returns cuts the page out of the rows once they are there.
 *
 * `hasNextPage` and `hasPreviousPage` tell the truth in both directions, whichever way one pages.
 */
export function preparePage<Row extends Named>(request: ListRequest<Row>): PageCutter<Row> {
  const { direction } = request.order;
  const { end, size } = readPageSize(request.page, request.limits);
  const owner = fingerprint({ ...request.identity, order: `${request.order.name} ${direction}` });
  const after = readCursor('after', request.page.after, owner);
  const before = readCursor('before', request.page.before, owner);

  return {
    size,
    pins: after?.pins ?? before?.pins ?? {},
    cut(rows, pins) {
      const placed = rows
        .map((row) => ({ row, position: { value: request.order.valueOf(row), token: nameOf(row) } }))
        .sort((a, b) => comparePositions(a.position, b.position, direction));
      const place = (bound: Position, inclusive: boolean): number =>
        placed.findIndex(({ position }) => comparePositions(position, bound, direction) >= (inclusive ? 0 : 1));
      const from = after ? orEnd(place(after.position, false), placed.length) : 0;
      const to = before ? Math.max(from, orEnd(place(before.position, true), placed.length)) : placed.length;
      const start = end === 'first' ? from : Math.max(from, to - size);
      const stop = end === 'first' ? Math.min(to, from + size) : to;
      const edges = placed
        .slice(start, stop)
        .map(({ row, position }) => ({ node: row, cursor: encodeCursor(position, owner, pins) }));
      return {
        totalCount: rows.length,
        edges,
        pageInfo: {
          hasNextPage: stop < placed.length,
          hasPreviousPage: start > 0,
          startCursor: edges.at(0)?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      };
    },
  };
}

function readCursor(
  argument: 'after' | 'before',
  cursor: string | null | undefined,
  owner: string,
): DecodedCursor | undefined {
  if (cursor == null) return undefined;
  const decoded = decodeCursor(cursor, owner);
  if (!decoded) throw new InvalidCursorError(argument);
  return decoded;
}

function orEnd(index: number, length: number): number {
  return index === -1 ? length : index;
}

/** What tells rows apart in an order. Members are known by their usernames; not all of them have a token. */
export interface Named {
  readonly token: string | null;
  readonly username?: string;
}

function nameOf(row: Named): string {
  return row.username ?? row.token ?? '';
}
