/**
 * The widths that columns get, of those they would like: all of them if there is room; else the widest are cut, to the
 * same width, and no narrower than `least`, be it too wide then.
 */
export function fitWidths(natural: readonly number[], available: number, least: number): number[] {
  const narrowestFirst = [...natural].sort((a, b) => a - b);
  let left = available;
  let cap = Infinity;
  for (const [place, width] of narrowestFirst.entries()) {
    const share = Math.floor(left / (natural.length - place));
    if (width > share) {
      cap = share;
      break;
    }
    left -= width;
  }
  return natural.map((width) => Math.min(width, Math.max(cap, least)));
}
