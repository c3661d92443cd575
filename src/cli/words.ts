/** Numbers as people read them. */

export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** With a comma after each three digits. */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** A span in its largest unit, such as `3 min`; at least a second. */
export function ageInWords(ms: number): string {
  const [length, unit] = UNITS.find(([each]) => ms >= each) ?? [1_000, 's'];
  return `${Math.max(1, Math.floor(ms / length))} ${unit}`;
}
