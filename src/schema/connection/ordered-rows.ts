/**
 * Rows in an order, without moving them: places of the rows, in that order. Lists of the catalog are the same arrays
 * for as long as nothing changes in them, so the order of one is worked out once, however many questions ask for it, and when
 * something does change, the new list inherits it.
 */
import { bequeath } from '../../catalog/heirlooms.ts';
import { madeOnce } from '../../loading/made-once.ts';
import type { MaybePromise } from '../../loading/maybe-promise.ts';
import type { Source } from '../../loading/plan.ts';
import { withoutStats } from '../../loading/reports-with-stats.ts';
import type { Slices } from '../../mode/slices.ts';
import type { Position, SortValue } from './cursor.ts';
import { inheritOrder } from './inherited-order.ts';
import { comparePositions, type Comparison, type Direction } from './order.ts';
import { SortableRows, sortInSlices } from './sortable-rows.ts';

export interface Ordering<Row> {
  readonly name: string;
  readonly direction: Direction;
  /** @default text */
  readonly comparison?: Comparison;
  /** Where the value can come from. */
  readonly sources?: readonly Source[];
  valueOf(row: Row): SortValue;
}

/** What tells rows apart in an order. Members are known by their usernames; not all of them have a token. */
export interface Named {
  readonly token: string | null;
  readonly username?: string;
}

export type Places = Uint32Array;

/** Shorter lists are put in order at once, by whoever asks. */
export const LONG = 5_000;

interface Order {
  readonly ordering: Ordering<never>;
  readonly places: Places;
}

interface Orders {
  readonly known: Map<string, Order>;
  /** Being worked out. */
  readonly coming: Map<string, Promise<Places>>;
}

/** Of an array of rows, by the order's name and direction. */
const ordersOf = madeOnce((rows: readonly unknown[]): Orders => {
  const orders: Orders = { known: new Map(), coming: new Map() };
  if (rows.length >= LONG) {
    bequeath<Named>(rows as readonly Named[], 'orders', async (succession, slices) => {
      for (const { ordering, places } of [...orders.known.values()]) {
        keep(succession.after, ordering, await inheritOrder(places, succession, ordering, slices));
      }
    });
  }
  return orders;
});

/** Places of all rows, in order. Of an array that is changed afterwards, it would go on telling the old order. */
export function placesInOrder<Row extends Named>(rows: readonly Row[], ordering: Ordering<Row>): Places {
  const basis = basisOf(rows, ordering);
  return knownPlaces(basis, ordering) ?? keep(basis, ordering, sortAtOnce(basis, ordering));
}

/** The same without holding anybody up: a long list that is not in order yet is put in order in slices. */
export function placesInOrderSoon<Row extends Named>(
  rows: readonly Row[],
  ordering: Ordering<Row>,
  slices: Slices,
): MaybePromise<Places> {
  const basis = basisOf(rows, ordering);
  if (basis.length < LONG) return placesInOrder(basis, ordering);
  const known = knownPlaces(basis, ordering);
  if (known) return known;
  const { coming } = ordersOf(basis);
  // One sorting for both directions: the other one is the same, turned round.
  let sorting = coming.get(ordering.name);
  if (!sorting) {
    sorting = sortBothWays(basis, ordering, slices).finally(() => coming.delete(ordering.name));
    coming.set(ordering.name, sorting);
  }
  return sorting.then(() => placesInOrder(basis, ordering));
}

function knownPlaces<Row extends Named>(rows: readonly Row[], ordering: Ordering<Row>): Places | undefined {
  return ordersOf(rows).known.get(nameOfOrdering(ordering))?.places;
}

function keep<Row extends Named>(rows: readonly Row[], ordering: Ordering<Row>, places: Places): Places {
  ordersOf(rows).known.set(nameOfOrdering(ordering), { ordering: ordering, places });
  return places;
}

/** Statistics move nothing in an order that does not go by them. */
function basisOf<Row extends Named>(rows: readonly Row[], { sources }: Ordering<Row>): readonly Row[] {
  if (sources === undefined || sources.includes('STATS')) return rows;
  return (withoutStats(rows) as readonly Row[] | undefined) ?? rows;
}

export function nameOfOrdering({ name, direction }: Pick<Ordering<never>, 'name' | 'direction'>): string {
  return `${name} ${direction}`;
}

export function positionOf<Row extends Named>(row: Row, ordering: Ordering<Row>): Position {
  return { value: ordering.valueOf(row), token: row.username ?? row.token ?? '' };
}

/** How many of the places come before a position, which itself need not be there; `orAt`: or are at it. */
export function countBefore<Row extends Named>(
  rows: readonly Row[],
  places: Places,
  bound: Position,
  ordering: Ordering<Row>,
  orAt: boolean,
): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[places[middle] ?? 0];
    const order = row ? comparePositions(positionOf(row, ordering), bound, ordering.direction, ordering.comparison) : 1;
    if (order < 0 || (orAt && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortAtOnce<Row extends Named>(rows: readonly Row[], ordering: Ordering<Row>): Places {
  const sortable = new SortableRows(ordering);
  for (const row of rows) sortable.add(row);
  return Uint32Array.from(rows.keys()).sort(sortable.compare);
}

async function sortBothWays<Row extends Named>(
  rows: readonly Row[],
  ordering: Ordering<Row>,
  slices: Slices,
): Promise<Places> {
  const sortable = new SortableRows(ordering);
  for (const row of rows) {
    if (slices.isOver) await slices.next();
    sortable.add(row);
  }
  const upwards = await sortInSlices(Uint32Array.from(rows.keys()), sortable.compareUpwards, slices);
  keep(rows, { ...ordering, direction: 'DESC' }, sortable.turnedRound(upwards));
  return keep(rows, { ...ordering, direction: 'ASC' }, upwards);
}
