import type { RateWindow } from '../../throttle/rate-window.ts';
import { findingsOf, type Finding } from './finding.ts';
import type { SeenCall } from './seen-call.ts';

const { ok, warning, problem, skipped } = findingsOf('rate limit');

/** What Mode says of its limit, compared with `MODE_RATE_LIMIT`. */
export function checkRateLimit(seen: readonly SeenCall[], windows: readonly RateWindow[]): Finding {
  if (seen.some(({ status }) => status === 429)) {
    return problem(
      'Mode refuses calls with this key just now (429): somebody else uses up the limit of the same user.',
      'Wait, and find out who; Mode counts per user, over all keys. Give the gateway a key of a user of its own.',
    );
  }
  if (seen.every(({ status }) => status === undefined)) return skipped('Mode was not reached.');
  const told = seen.findLast(({ limit, remaining }) => limit !== undefined && remaining !== undefined);
  const configured = windows.map(({ limit, lengthMs }) => `${limit} in ${lengthMs / 1_000} s`).join(', ');
  if (told?.limit === undefined || told.remaining === undefined) {
    return ok(`Mode says nothing of it; the gateway keeps to ${configured}.`);
  }
  const { limit, remaining } = told;
  const lowest = Math.min(...windows.map((window) => window.limit));
  if (limit < lowest) {
    return warning(
      `Mode allows ${limit} calls, MODE_RATE_LIMIT more (${configured}).`,
      'Set MODE_RATE_LIMIT to what Mode allows: refusals cost everybody a pause.',
    );
  }
  return ok(`Mode allows ${limit} calls, of which ${remaining} are left; the gateway keeps to ${configured}.`);
}
