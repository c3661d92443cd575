/**
 * What the rest of the house knows of Mode: plain records. A fact that the source did not supply is
 * null. Times are ISO 8601 text, ids are text whatever Mode sent.
 */

export interface Provenance {
  readonly source: 'REST' | 'DISCOVERY';
  /** Milliseconds since the epoch: when Mode told us. */
  readonly asOf: number;
}

export interface VerificationRecord {
  readonly workspace: string | null;
  readonly workspaceToken: string | null;
  readonly apiKeyScope: string | null;
  /** The workspace's username as the answer's own link has it. */
  readonly linkedWorkspace: string | null;
}

export interface WorkspaceRecord {
  readonly kind: 'Workspace';
  readonly username: string;
  readonly token: string | null;
  readonly modeId: string | null;
  readonly name: string | null;
  readonly planCode: string | null;
  readonly createdAt: string | null;
  readonly defaultDataSourceToken: string | null;
  readonly provenance: Provenance;
}

export interface CollectionRecord {
  readonly kind: 'Collection';
  readonly token: string;
  readonly modeId: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly type: string | null;
  readonly state: string | null;
  readonly defaultAccessLevel: string | null;
  readonly freeDefault: boolean | null;
  readonly viewable: boolean | null;
  readonly creatorUsername: string | null;
  readonly provenance: Provenance;
}

export interface ReportRecord {
  readonly kind: 'Report';
  readonly token: string;
  readonly modeId: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly type: string | null;
  readonly collectionToken: string | null;
  /** From REST; Discovery names the creator by e-mail instead. */
  readonly creatorUsername: string | null;
  /** From Discovery. */
  readonly creatorEmail: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly editedAt: string | null;
  readonly lastSavedAt: string | null;
  readonly publishedAt: string | null;
  readonly lastSuccessfulSyncAt: string | null;
  readonly lastRunAt: string | null;
  readonly lastSuccessfullyRunAt: string | null;
  readonly lastRunToken: string | null;
  /** From Discovery. */
  readonly lastRunState: string | null;
  /** From Discovery. */
  readonly lastViewedAt: string | null;
  readonly lastSuccessfulRunToken: string | null;
  /** Seconds. */
  readonly expectedRuntime: number | null;
  readonly archived: boolean | null;
  readonly public: boolean | null;
  readonly shared: boolean | null;
  readonly fullWidth: boolean | null;
  readonly manualRunDisabled: boolean | null;
  readonly runPrivately: boolean | null;
  readonly drilldownsEnabled: boolean | null;
  readonly drillAnywhereEnabled: boolean | null;
  readonly embedded: boolean | null;
  readonly signed: boolean | null;
  readonly queryCount: number | null;
  readonly chartCount: number | null;
  readonly runsCount: number | null;
  readonly schedulesCount: number | null;
  readonly viewCount: number | null;
  readonly maxQueryCount: number | null;
  readonly queryPreview: string | null;
  readonly themeId: string | null;
  readonly githubLink: string | null;
  readonly webPreviewImage: string | null;
  readonly importedDatasets: readonly ImportedDataset[] | null;
  /** HTML of some kilobytes; kept only when it was asked for. */
  readonly layout: string | null;
  readonly webUrl: string | null;
  readonly provenance: Provenance;
}

export interface ImportedDataset {
  readonly token: string;
  readonly name: string | null;
}

export interface ReportQueryRecord {
  readonly kind: 'ReportQuery';
  readonly token: string;
  readonly reportToken: string;
  readonly modeId: string | null;
  readonly name: string | null;
  readonly sql: string | null;
  /** From Discovery. */
  readonly collectionToken: string | null;
  readonly creatorUsername: string | null;
  /** From Discovery. */
  readonly creatorEmail: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly lastRunId: string | null;
  /** From REST; Discovery names the data source by token instead. */
  readonly dataSourceId: string | null;
  /** From Discovery. */
  readonly dataSourceToken: string | null;
  readonly explorationsCount: number | null;
  readonly reportImportsCount: number | null;
  readonly dbtMetricId: string | null;
  readonly dbtMetricToken: string | null;
  readonly provenance: Provenance;
}

export interface ChartRecord {
  readonly kind: 'Chart';
  readonly token: string;
  /** From Discovery; REST has no id of a chart. */
  readonly modeId: string | null;
  /** From Discovery. */
  readonly collectionToken: string | null;
  /** From Discovery. */
  readonly explorationUrl: string | null;
  readonly queryToken: string;
  readonly reportToken: string;
  readonly type: string | null;
  /** Decoded; null when the chart has none. */
  readonly title: string | null;
  readonly description: string | null;
  readonly creatorUsername: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly view: unknown;
  readonly viewVersion: number | null;
  readonly viewVegas: unknown;
  readonly colorPaletteToken: string | null;
  readonly provenance: Provenance;
}

/** Deliberately without host, port, user name and connection settings, which Mode sends too. */
export interface DataSourceRecord {
  readonly kind: 'DataSource';
  readonly token: string;
  readonly modeId: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly adapter: string | null;
  readonly displayName: string | null;
  readonly vendor: string | null;
  readonly database: string | null;
  readonly public: boolean | null;
  readonly queryable: boolean | null;
  readonly asleep: boolean | null;
  readonly softDeleted: boolean | null;
  readonly defaultAccessLevel: string | null;
  readonly creatorUsername: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly provenance: Provenance;
}

export interface MemberRecord {
  readonly kind: 'Member';
  readonly username: string;
  readonly token: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly state: string | null;
  readonly admin: boolean | null;
  /** From Discovery, as are the fields below. */
  readonly activatedAt: string | null;
  readonly bannedAt: string | null;
  readonly lastReportCreatedAt: string | null;
  readonly lastReportViewedAt: string | null;
  readonly lastReportRunAt: string | null;
  readonly totalDaysEngaged: number | null;
  readonly provenance: Provenance;
}

export interface ReportRunRecord {
  readonly kind: 'ReportRun';
  readonly token: string;
  readonly reportToken: string;
  readonly state: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly completedAt: string | null;
  readonly pythonState: string | null;
  readonly isLatest: boolean | null;
  readonly isLatestSuccessful: boolean | null;
  readonly provenance: Provenance;
}

/** A row of Discovery's `report_stats`. */
export interface ReportStatsRecord {
  readonly kind: 'ReportStats';
  readonly reportToken: string;
  readonly viewCount: number | null;
  readonly activeSchedulesCount: number | null;
  readonly explorationsCount: number | null;
  readonly recentRunnerEmails: readonly string[];
  readonly schedulerEmails: readonly string[];
  readonly editorEmails: readonly string[];
  readonly provenance: Provenance;
}
