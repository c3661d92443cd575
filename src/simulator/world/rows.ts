/**
 * The rows of the simulated workspace: the truth that answers are rendered from and tests compare with.
 *
 * They hold what either of Mode's services tells. Times are ISO 8601 UTC with milliseconds. A `token` is 12 hex digits
 * and addresses the row; an `id` is a number and addresses nothing.
 */
export interface SimMember {
  token: string;
  id: number;
  username: string;
  name: string;
  email: string;
  admin: boolean;
  state: 'active' | 'deactivated';
  createdAt: string;
  activatedAt: string;
  bannedAt: string | null;
}

export interface SimCollection {
  token: string;
  id: number;
  name: string | null;
  description: string | null;
  type: 'custom' | 'community' | 'private';
  /** A `restricted` collection is seen by those who belong to it only. */
  defaultAccessLevel: 'view' | 'edit' | 'restricted';
  freeDefault: boolean;
  creatorUsername: string;
  /** Who belongs to it. Everybody belongs to the community, and its owner alone to a private one. */
  memberUsernames: string[];
}

export interface SimDataSource {
  token: string;
  id: number;
  name: string;
  description: string | null;
  adapter: string;
  displayName: string;
  vendor: string;
  database: string;
  host: string;
  port: number;
  username: string;
  warehouse: string | null;
  adapterVersion: string;
  isDefault: boolean;
  creatorUsername: string;
  createdAt: string;
  updatedAt: string;
}

/** The states Mode gives a run. */
export type SimRunState =
  'pending' | 'enqueued' | 'cancelled' | 'failed' | 'succeeded' | 'completed' | 'running_notebook';

export interface SimReport {
  token: string;
  id: number;
  name: string | null;
  description: string | null;
  type: 'Report' | 'DatasetReport';
  archived: boolean;
  public: boolean;
  collectionToken: string;
  creatorUsername: string;
  createdAt: string;
  editedAt: string;
  updatedAt: string;
  lastSavedAt: string | null;
  publishedAt: string | null;
  /** The start of the last run. This and everything about runs is null for a report that never ran. */
  lastRunAt: string | null;
  /** The end of the last run that worked. */
  lastSuccessfullyRunAt: string | null;
  lastRunToken: string | null;
  lastRunState: SimRunState | null;
  lastSuccessfulRunToken: string | null;
  /** Runs after the last one that worked. */
  runsSinceSuccess: number;
  lastViewedAt: string | null;
  /** Seconds. */
  expectedRuntime: number | null;
  runsCount: number;
  schedulesCount: number;
  viewCount: number;
  themeId: number;
  fullWidth: boolean;
  manualRunDisabled: boolean;
  /** Mode leaves the chart count of some datasets out. */
  chartCountMissing: boolean;
  editorUsernames: string[];
  runnerUsernames: string[];
  schedulerUsernames: string[];
}

/** A column of a query's result. */
export interface SimColumn {
  name: string;
  kind: 'time' | 'text' | 'number';
}

export interface SimQuery {
  token: string;
  id: number;
  name: string | null;
  rawQuery: string;
  columns: SimColumn[];
  reportToken: string;
  dataSourceToken: string;
  creatorUsername: string;
  createdAt: string;
  updatedAt: string;
  /** Beyond 32 bits. */
  lastRunId: number | null;
  explorationsCount: number;
  reportImportsCount: number;
}

export interface SimChart {
  token: string;
  /** Told by the Discovery service only. */
  id: number;
  queryToken: string;
  reportToken: string;
  type: string;
  /** Plain text, '' when it has none. Mode's REST service encodes it for HTML. */
  title: string;
  description: string;
  creatorUsername: string;
  createdAt: string;
  updatedAt: string;
  paletteToken: string;
  switchViewToken: string;
}

export interface SimRun {
  token: string;
  reportToken: string;
  state: SimRunState;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
  /** The schedule's token, or null when a person ran it. */
  scheduleToken: string | null;
  runByUsername: string;
}

/** What a `DELETE` leaves behind: the GET of a deleted token answers 403, 200 with a deleted state, or 404. */
export type DeletedAs = 'forbidden' | 'soft_deleted' | 'gone';
