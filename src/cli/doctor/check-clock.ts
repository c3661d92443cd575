import { findingsOf, type Finding } from './finding.ts';
import type { SeenCall } from './seen-call.ts';

const { ok, warning, problem, skipped } = findingsOf('clock');

/** Beyond this the dates in answers mislead, and tokens with a short life are refused or outlive it. Milliseconds. */
const WORTH_A_WORD_MS = 5_000;

/** Beyond this a minted signature token is renewed after it has ended, and most issuers’ tokens are refused. */
const TOO_MUCH_MS = 300_000;

/** Mode's `Date` is cut to whole seconds. */
const DATE_GRAIN_MS = 1_000;

/**
 * How far this machine's clock is from Mode's: at least `ms` ahead, or behind when negative; 0 when they may agree.
 * Mode wrote its date somewhere between our sending and our hearing.
 */
export function skewOf({ sentAt, answeredAt }: Pick<SeenCall, 'sentAt' | 'answeredAt'>, date: number): number {
  if (sentAt > date + DATE_GRAIN_MS) return sentAt - (date + DATE_GRAIN_MS);
  if (answeredAt < date) return answeredAt - date;
  return 0;
}

export function checkClock(seen: readonly SeenCall[]): Finding {
  const call = seen.find(({ date }) => date !== undefined);
  if (call?.date === undefined) return skipped('Mode did not say what time it is.');
  const skewMs = skewOf(call, call.date);
  const size = Math.abs(skewMs);
  if (size < WORTH_A_WORD_MS) return ok('This machine’s clock agrees with Mode’s.');
  const told = `This machine’s clock is ${inWords(size)} ${skewMs > 0 ? 'ahead of' : 'behind'} Mode’s`;
  const remedy = 'Set the clock, best by NTP.';
  return size < TOO_MUCH_MS
    ? warning(`${told}: how old an answer is will be told wrongly by as much.`, remedy)
    : problem(`${told}: signature tokens and callers’ tokens end too early or too late.`, remedy);
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
