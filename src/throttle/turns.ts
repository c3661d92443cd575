/**
 * Turns that a caller has within a stretch of them, its first at the beginning and the others 1/`weight` apart.
 *
 * @param stretch from its first turn on, in turns of a caller of weight 1; negative when that is still to come
 * @param withEnd whether a turn at the very end counts
 */
export function turnsWithin(stretch: number, weight: number, withEnd: boolean): number {
  // Thirds and the like do not add up to whole turns.
  const passed = Math.round(stretch * weight * 1e6) / 1e6;
  return Math.max(0, withEnd ? Math.floor(passed) + 1 : Math.ceil(passed));
}
