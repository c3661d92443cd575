import type { World } from '../world/world.ts';

/** When a member last did what Discovery keeps count of. Timestamps, or null for never. */
export interface MemberActivity {
  reportCreatedAt: string | null;
  reportViewedAt: string | null;
  reportRunAt: string | null;
  explorationCreatedAt: string | null;
  explorationUpdatedAt: string | null;
}

/**
 * What everybody did last, by username, gathered from the reports and queries. Views and explorations are not kept by
 * person in this world: they are put down to the report's or query's author.
 */
export function memberActivity(world: World): Map<string, MemberActivity> {
  const activity = new Map<string, MemberActivity>();
  const of = (username: string): MemberActivity => {
    const found = activity.get(username) ?? blank();
    activity.set(username, found);
    return found;
  };
  for (const report of world.reports) {
    const author = of(report.creatorUsername);
    author.reportCreatedAt = later(author.reportCreatedAt, report.createdAt);
    author.reportViewedAt = later(author.reportViewedAt, report.lastViewedAt);
    for (const username of report.runnerUsernames) {
      const runner = of(username);
      runner.reportRunAt = later(runner.reportRunAt, report.lastRunAt);
    }
  }
  for (const query of world.queries) {
    if (query.explorationsCount === 0) continue;
    const author = of(query.creatorUsername);
    author.explorationCreatedAt = later(author.explorationCreatedAt, query.createdAt);
    author.explorationUpdatedAt = later(author.explorationUpdatedAt, query.updatedAt);
  }
  return activity;
}

function blank(): MemberActivity {
  return {
    reportCreatedAt: null,
    reportViewedAt: null,
    reportRunAt: null,
    explorationCreatedAt: null,
    explorationUpdatedAt: null,
  };
}

/** Timestamps of one format sort as text. */
function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}
