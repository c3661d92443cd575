import { reportInFull } from './report-in-full.ts';
import { scheduledReports } from './scheduled-reports.ts';
import type { Starter } from './starter.ts';
import { tableUsage } from './table-usage.ts';
import { unviewedReports } from './unviewed-reports.ts';
import { welcome } from './welcome.ts';

export type { Starter } from './starter.ts';

/**
 * Questions that people ask of Mode, each in a tab of its own to begin with. Their lines fit the editor's column.
 *
 * @param now milliseconds since the epoch
 * @param headersHint what callers must send, as JSON; undefined when nothing is needed
 */
export function starters(now: number, headersHint?: string): Starter[] {
  return [welcome(headersHint), unviewedReports(now), tableUsage, scheduledReports, reportInFull];
}
