import type { Random } from './random.ts';
import type { SimReport } from './rows.ts';
import { DAY, FIRST_DAY, recently, soonAfter, stamp, TODAY } from './timeline.ts';
import type { TokenMint } from './tokens.ts';

export type ReportHistory = Pick<
  SimReport,
  | 'createdAt'
  | 'editedAt'
  | 'updatedAt'
  | 'lastSavedAt'
  | 'publishedAt'
  | 'lastRunAt'
  | 'lastSuccessfullyRunAt'
  | 'lastRunToken'
  | 'lastRunState'
  | 'lastSuccessfulRunToken'
  | 'runsSinceSuccess'
  | 'lastViewedAt'
  | 'expectedRuntime'
  | 'runsCount'
  | 'schedulesCount'
>;

/** When a report was made, changed, run and looked at, in an order that could have happened. */
export function makeReportHistory(random: Random, mint: TokenMint): ReportHistory {
  const created = Math.floor(FIRST_DAY + random.next() * (TODAY - 2 * DAY - FIRST_DAY));
  const edited = soonAfter(random, created, TODAY - DAY);
  const updated = soonAfter(random, edited, TODAY);
  const common = {
    createdAt: stamp(created),
    editedAt: stamp(edited),
    updatedAt: stamp(updated),
    lastSavedAt: random.chance(0.02) ? null : stamp(edited),
    publishedAt: random.chance(0.25) ? stamp(soonAfter(random, created, updated)) : null,
    lastViewedAt: random.chance(0.05) ? null : stamp(recently(random, created, TODAY)),
  };
  if (random.chance(0.06)) {
    return {
      ...common,
      lastRunAt: null,
      lastSuccessfullyRunAt: null,
      lastRunToken: null,
      lastRunState: null,
      lastSuccessfulRunToken: null,
      runsSinceSuccess: 0,
      expectedRuntime: null,
      runsCount: 0,
      schedulesCount: 0,
    };
  }
  const ran = recently(random, created, TODAY - DAY);
  const runsCount = random.skewed(1, 480, 3);
  const seconds = Math.round((0.4 + random.next() ** 3 * 240) * 100_000) / 100_000;
  const lastRunToken = mint.next();
  const outcome = {
    ...common,
    lastRunAt: stamp(ran),
    lastRunToken,
    expectedRuntime: seconds,
    runsCount,
    schedulesCount: random.skewed(0, 3, 4),
  };
  if (random.chance(0.86)) {
    return {
      ...outcome,
      lastRunState: random.pick(['succeeded', 'succeeded', 'completed']),
      lastSuccessfullyRunAt: stamp(ran + Math.ceil(seconds * 1000)),
      lastSuccessfulRunToken: lastRunToken,
      runsSinceSuccess: 0,
    };
  }
  const runsSinceSuccess = Math.min(runsCount, random.int(1, 4));
  const everWorked = runsSinceSuccess < runsCount;
  return {
    ...outcome,
    lastRunState: random.pick(['failed', 'failed', 'cancelled']),
    lastSuccessfullyRunAt: everWorked ? stamp(Math.max(created, ran - runsSinceSuccess * DAY)) : null,
    lastSuccessfulRunToken: everWorked ? mint.next() : null,
    runsSinceSuccess,
  };
}
