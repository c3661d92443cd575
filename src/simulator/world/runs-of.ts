import type { SimReport, SimRun } from './rows.ts';
import { DAY, stamp } from './timeline.ts';
import { tokenFor } from './tokens.ts';

/**
 * A report's runs from `from` on, newest first. They are not stored: there are too many. The newest and the newest that
 * worked carry the tokens the report names; the others get theirs from their place.
 */
export function runsOf(report: SimReport, from: number, count: number): SimRun[] {
  const runs: SimRun[] = [];
  for (let index = from; index < Math.min(from + count, report.runsCount); index += 1) runs.push(runAt(report, index));
  return runs;
}

export function findRun(report: SimReport, token: string): SimRun | undefined {
  for (let index = 0; index < report.runsCount; index += 1) {
    if (runToken(report, index) === token) return runAt(report, index);
  }
  return undefined;
}

function runToken(report: SimReport, index: number): string {
  if (index === 0 && report.lastRunToken !== null) return report.lastRunToken;
  if (index === report.runsSinceSuccess && report.lastSuccessfulRunToken !== null) return report.lastSuccessfulRunToken;
  return tokenFor(report.token, 'runs', index);
}

function runAt(report: SimReport, index: number): SimRun {
  const created = Date.parse(report.createdAt);
  const last = Date.parse(report.lastRunAt ?? report.createdAt);
  const at = last - Math.min(DAY, (last - created) / Math.max(1, report.runsCount)) * index;
  const done = at + Math.ceil((report.expectedRuntime ?? 1) * 1000);
  const scheduled = report.schedulesCount > 0 && index % 3 !== 0;
  const state = index < report.runsSinceSuccess ? 'failed' : 'succeeded';
  return {
    token: runToken(report, index),
    reportToken: report.token,
    state: index === 0 && report.lastRunState !== null ? report.lastRunState : state,
    createdAt: stamp(at),
    updatedAt: stamp(done),
    completedAt: stamp(done),
    scheduleToken: scheduled ? tokenFor(report.token, 'schedule') : null,
    runByUsername: report.creatorUsername,
  };
}
