import type { SimChart, SimCollection, SimDataSource, SimQuery, SimReport } from './rows.ts';
import { tokenFor } from './tokens.ts';
import type { World } from './world.ts';

/** A custom collection that everybody may see, made by the admin. */
export function blankCollection(world: World, token: string, id: number): SimCollection {
  return {
    token,
    id,
    name: 'New collection',
    description: null,
    type: 'custom',
    defaultAccessLevel: 'view',
    freeDefault: false,
    creatorUsername: world.admin.username,
    memberUsernames: [world.admin.username],
  };
}

/** A report nobody ran or looked at yet. */
export function blankReport(token: string, id: number, collection: SimCollection, now: string): SimReport {
  return {
    token,
    id,
    name: 'New report',
    description: null,
    type: 'Report',
    archived: false,
    public: false,
    collectionToken: collection.token,
    creatorUsername: collection.creatorUsername,
    createdAt: now,
    editedAt: now,
    updatedAt: now,
    lastSavedAt: now,
    publishedAt: null,
    lastRunAt: null,
    lastSuccessfullyRunAt: null,
    lastRunToken: null,
    lastRunState: null,
    lastSuccessfulRunToken: null,
    runsSinceSuccess: 0,
    lastViewedAt: null,
    expectedRuntime: null,
    runsCount: 0,
    schedulesCount: 0,
    viewCount: 0,
    themeId: 1,
    fullWidth: false,
    manualRunDisabled: false,
    chartCountMissing: false,
    editorUsernames: [collection.creatorUsername],
    runnerUsernames: [],
    schedulerUsernames: [],
  };
}

/** A query that counts orders by day. */
export function blankQuery(token: string, id: number, report: SimReport, source: SimDataSource, now: string): SimQuery {
  return {
    token,
    id,
    name: 'New query',
    rawQuery: 'SELECT ordered_on, COUNT(*) AS orders FROM analytics.orders GROUP BY 1',
    columns: [
      { name: 'ordered_on', kind: 'time' },
      { name: 'orders', kind: 'number' },
    ],
    reportToken: report.token,
    dataSourceToken: source.token,
    creatorUsername: report.creatorUsername,
    createdAt: now,
    updatedAt: now,
    lastRunId: null,
    explorationsCount: 0,
    reportImportsCount: 0,
  };
}

export function blankChart(token: string, id: number, query: SimQuery, now: string): SimChart {
  return {
    token,
    id,
    queryToken: query.token,
    reportToken: query.reportToken,
    type: 'line',
    title: 'New chart',
    description: '',
    creatorUsername: query.creatorUsername,
    createdAt: now,
    updatedAt: now,
    paletteToken: tokenFor('palette', 'new'),
    switchViewToken: tokenFor('switch view', token),
  };
}
