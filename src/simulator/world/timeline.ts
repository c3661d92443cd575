import type { Random } from './random.ts';

/** The simulated world's present, and the day its company started with Mode. Never the wall clock. */
export const TODAY = Date.UTC(2026, 8, 1);
export const FIRST_DAY = Date.UTC(2021, 1, 8);

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Mode's timestamp: UTC, milliseconds, `Z`. */
export function stamp(time: number): string {
  return new Date(time).toISOString();
}

/** A moment between two others, more likely near the later one. */
export function recently(random: Random, from: number, to: number): number {
  return Math.floor(to - random.next() ** 3 * (to - from));
}

/** A moment between two others, more likely near the earlier one. */
export function soonAfter(random: Random, from: number, to: number): number {
  return Math.floor(from + random.next() ** 3 * (to - from));
}
