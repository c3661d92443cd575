import type { Random } from './random.ts';

/**
 * Splits `total` over slots in proportion to their weights, exactly: the largest remainders take what rounding left.
 */
export function splitByWeight(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const ideal = weights.map((weight) => (total * weight) / sum);
  const counts = ideal.map(Math.floor);
  const byRemainder = ideal
    .map((share, slot) => ({ slot, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.slot - b.slot);
  let left = total - counts.reduce((a, b) => a + b, 0);
  for (const { slot } of byRemainder) {
    if (left === 0) break;
    counts[slot] = (counts[slot] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}

/**
 * Draws a count for each open slot and then nudges counts at random until they add up to `total`.
 * Closed slots get 0. `least` and `most` give way when the total would not fit between them.
 */
export function drawExactly(
  random: Random,
  total: number,
  open: readonly boolean[],
  draw: () => number,
  most: number,
  least = 0,
): number[] {
  const slots = open.flatMap((isOpen, slot) => (isOpen ? [slot] : []));
  const counts = open.map((isOpen) => (isOpen ? Math.min(most, draw()) : 0));
  if (slots.length === 0) return counts;
  const floor = Math.min(least, Math.floor(total / slots.length));
  const ceiling = Math.max(most, Math.ceil(total / slots.length));
  let sum = counts.reduce((a, b) => a + b, 0);
  while (sum !== total) {
    const slot = random.pick(slots);
    const step = sum < total ? 1 : -1;
    const next = (counts[slot] ?? 0) + step;
    if (next < floor || next > ceiling) continue;
    counts[slot] = next;
    sum += step;
  }
  return counts;
}
