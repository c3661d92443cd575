/**
 * The most of `times` that fit in any window `(t, t + ms]`. Exact: the fullest window can be slid until its end
 * meets a time, so only windows that end on one need counting.
 */
export function mostInWindow(times: readonly number[], ms: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, end] of sorted.entries()) {
    while ((sorted[first] ?? end) <= end - ms) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
