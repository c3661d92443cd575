import { GONE, type Succession } from '../../catalog/succession.ts';
import type { Slices } from '../../mode/slices.ts';
import { comparePositions } from './order.ts';
import { countBefore, positionOf, type Named, type Ordering, type Places } from './ordered-rows.ts';
import { sortInSlices } from './sortable-rows.ts';

/** The order of the rows that came after, out of the order of those before: only what is new has to find its place. */
export async function inheritOrder<Row extends Named>(
  places: Places,
  { after, moved, fresh }: Succession<Row>,
  ordering: Ordering<Row>,
  slices: Slices,
): Promise<Places> {
  const kept = new Uint32Array(after.length - fresh.length);
  let count = 0;
  for (const place of places) {
    if ((count & 255) === 0 && slices.isOver) await slices.next();
    const now = moved[place] ?? GONE;
    if (now !== GONE) kept[count++] = now;
  }
  const compare = (a: number, b: number): number => {
    const [left, right] = [after[a], after[b]];
    if (!left || !right) return 0;
    return comparePositions(
      positionOf(left, ordering),
      positionOf(right, ordering),
      ordering.direction,
      ordering.comparison,
    );
  };
  const ordered = new Uint32Array(after.length);
  let [taken, written] = [0, 0];
  for (const place of await sortInSlices(fresh, compare, slices)) {
    if (slices.isOver) await slices.next();
    const row = after[place];
    const before = row ? countBefore(after, kept, positionOf(row, ordering), ordering, false) : taken;
    ordered.set(kept.subarray(taken, before), written);
    written += before - taken;
    taken = before;
    ordered[written++] = place;
  }
  ordered.set(kept.subarray(taken), written);
  return ordered;
}
