/** The small tests that filters are made of. Each is true when its condition is not given. */

export function contains(needle: string | null | undefined, ...texts: readonly (string | null)[]): boolean {
  if (needle == null) return true;
  const wanted = needle.toLowerCase();
  return texts.some((text) => text?.toLowerCase().includes(wanted) ?? false);
}

export function isOneOf(wanted: readonly string[] | null | undefined, value: string | null): boolean {
  return wanted == null || (value !== null && wanted.includes(value));
}

export function equals<T>(wanted: T | null | undefined, value: T | null): boolean {
  return wanted == null || value === wanted;
}

export interface DateRange {
  readonly after?: Date | null | undefined;
  readonly before?: Date | null | undefined;
}

/** @param time ISO 8601 text; a row without a time is in no range */
export function isWithin(range: DateRange | null | undefined, time: string | null): boolean {
  if (range == null || (range.after == null && range.before == null)) return true;
  if (time === null) return false;
  const at = Date.parse(time);
  return (range.after == null || at >= range.after.getTime()) && (range.before == null || at < range.before.getTime());
}

export interface CountRange {
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
}

export function isBetween(range: CountRange | null | undefined, value: number | null): boolean {
  if (range == null || (range.min == null && range.max == null)) return true;
  return value !== null && value >= (range.min ?? -Infinity) && value <= (range.max ?? Infinity);
}
