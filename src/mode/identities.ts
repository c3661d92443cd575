/**
 * Records of things of which only the name is known, for questions that ask no more: a report
 * already says the token of its collection, so `collection { id token }` costs no call.
 */
import type {
  ChartRecord,
  CollectionRecord,
  MemberRecord,
  Provenance,
  ReportQueryRecord,
  ReportRecord,
  ReportRunRecord,
} from './records.ts';

export function collectionIdentity(token: string, provenance: Provenance): CollectionRecord {
  return {
    kind: 'Collection',
    token,
    modeId: null,
    name: null,
    description: null,
    type: null,
    state: null,
    defaultAccessLevel: null,
    freeDefault: null,
    viewable: null,
    creatorUsername: null,
    provenance,
  };
}

export function reportIdentity(token: string, provenance: Provenance): ReportRecord {
  return {
    kind: 'Report',
    token,
    modeId: null,
    name: null,
    description: null,
    type: null,
    collectionToken: null,
    creatorUsername: null,
    creatorEmail: null,
    createdAt: null,
    updatedAt: null,
    editedAt: null,
    lastSavedAt: null,
    publishedAt: null,
    lastSuccessfulSyncAt: null,
    lastRunAt: null,
    lastSuccessfullyRunAt: null,
    lastRunToken: null,
    lastRunState: null,
    lastViewedAt: null,
    lastSuccessfulRunToken: null,
    expectedRuntime: null,
    archived: null,
    public: null,
    shared: null,
    fullWidth: null,
    manualRunDisabled: null,
    runPrivately: null,
    drilldownsEnabled: null,
    drillAnywhereEnabled: null,
    embedded: null,
    signed: null,
    queryCount: null,
    chartCount: null,
    runsCount: null,
    schedulesCount: null,
    viewCount: null,
    maxQueryCount: null,
    queryPreview: null,
    themeId: null,
    githubLink: null,
    webPreviewImage: null,
    importedDatasets: null,
    layout: null,
    webUrl: null,
    provenance,
  };
}

export function reportQueryIdentity(reportToken: string, token: string, provenance: Provenance): ReportQueryRecord {
  return {
    kind: 'ReportQuery',
    token,
    reportToken,
    modeId: null,
    name: null,
    sql: null,
    collectionToken: null,
    creatorUsername: null,
    creatorEmail: null,
    createdAt: null,
    updatedAt: null,
    lastRunId: null,
    dataSourceId: null,
    dataSourceToken: null,
    explorationsCount: null,
    reportImportsCount: null,
    dbtMetricId: null,
    dbtMetricToken: null,
    provenance,
  };
}

export interface ChartParents {
  readonly report: string;
  readonly query: string;
}

export function chartIdentity(parents: ChartParents, token: string, provenance: Provenance): ChartRecord {
  return {
    kind: 'Chart',
    token,
    modeId: null,
    collectionToken: null,
    explorationUrl: null,
    queryToken: parents.query,
    reportToken: parents.report,
    type: null,
    title: null,
    description: null,
    creatorUsername: null,
    createdAt: null,
    updatedAt: null,
    view: null,
    viewVersion: null,
    viewVegas: null,
    colorPaletteToken: null,
    provenance,
  };
}

export function memberIdentity(username: string, provenance: Provenance): MemberRecord {
  return {
    kind: 'Member',
    username,
    token: null,
    name: null,
    email: null,
    state: null,
    admin: null,
    activatedAt: null,
    bannedAt: null,
    lastReportCreatedAt: null,
    lastReportViewedAt: null,
    lastReportRunAt: null,
    totalDaysEngaged: null,
    provenance,
  };
}

export function reportRunIdentity(reportToken: string, token: string, provenance: Provenance): ReportRunRecord {
  return {
    kind: 'ReportRun',
    token,
    reportToken,
    state: null,
    createdAt: null,
    updatedAt: null,
    completedAt: null,
    pythonState: null,
    isLatest: null,
    isLatestSuccessful: null,
    provenance,
  };
}
