/** The rows of the Discovery API's six lists. Flat, with every foreign key; `*_url` are API paths and of no use. */
import * as z from 'zod';
import {
  chartIdentity,
  collectionIdentity,
  memberIdentity,
  reportIdentity,
  reportQueryIdentity,
} from '../identities.ts';
import type {
  ChartRecord,
  CollectionRecord,
  MemberRecord,
  Provenance,
  ReportQueryRecord,
  ReportRecord,
  ReportStatsRecord,
} from '../records.ts';
import { maybeCount, maybeId, maybeText, maybeTime, maybeTitle, maybeToken, token } from './scalars.ts';

const emails = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const discoveryCollection = z.object({
  token,
  id: maybeId,
  name: maybeText,
  description: maybeText,
  space_type: maybeText,
  default_access: maybeText,
});

export function toDiscoveryCollection(
  row: z.output<typeof discoveryCollection>,
  provenance: Provenance,
): CollectionRecord {
  return {
    ...collectionIdentity(row.token, provenance),
    modeId: row.id,
    name: row.name,
    description: row.description,
    type: row.space_type,
    // REST's name of the same thing is `default_access_level`.
    defaultAccessLevel: row.default_access,
  };
}

export const discoveryReport = z.object({
  token,
  id: maybeId,
  name: maybeText,
  description: maybeText,
  created_at: maybeTime,
  edited_at: maybeTime,
  updated_at: maybeTime,
  last_successfully_run_at: maybeTime,
  last_viewed_at: maybeTime,
  last_run_at: maybeTime,
  last_run_token: maybeToken,
  last_run_state: maybeText,
  creator_email: maybeText,
  space_token: maybeToken,
});

export function toDiscoveryReport(row: z.output<typeof discoveryReport>, provenance: Provenance): ReportRecord {
  return {
    ...reportIdentity(row.token, provenance),
    modeId: row.id,
    name: row.name,
    description: row.description,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    updatedAt: row.updated_at,
    lastSuccessfullyRunAt: row.last_successfully_run_at,
    lastViewedAt: row.last_viewed_at,
    lastRunAt: row.last_run_at,
    lastRunToken: row.last_run_token,
    lastRunState: row.last_run_state,
    creatorEmail: row.creator_email,
    collectionToken: row.space_token,
  };
}

export const discoveryQuery = z.object({
  token,
  id: maybeId,
  name: maybeText,
  raw_query: maybeText,
  creator_email: maybeText,
  data_source_token: maybeToken,
  report_token: token,
  space_token: maybeToken,
});

export function toDiscoveryQuery(row: z.output<typeof discoveryQuery>, provenance: Provenance): ReportQueryRecord {
  return {
    ...reportQueryIdentity(row.report_token, row.token, provenance),
    modeId: row.id,
    name: row.name,
    sql: row.raw_query,
    creatorEmail: row.creator_email,
    dataSourceToken: row.data_source_token,
    collectionToken: row.space_token,
  };
}

export const discoveryChart = z.object({
  token,
  id: maybeId,
  chart_type: maybeText,
  // Whether these are entity-encoded, as REST's are, is not known; decoding leaves plain text as it is.
  chart_title: maybeTitle,
  query_token: token,
  report_token: token,
  space_token: maybeToken,
  exploration_url: maybeText,
});

export function toDiscoveryChart(row: z.output<typeof discoveryChart>, provenance: Provenance): ChartRecord {
  return {
    ...chartIdentity({ report: row.report_token, query: row.query_token }, row.token, provenance),
    modeId: row.id,
    type: row.chart_type,
    title: row.chart_title,
    collectionToken: row.space_token,
    explorationUrl: row.exploration_url,
  };
}

export const discoveryStats = z.object({
  report_token: token,
  active_schedules_count: maybeCount,
  explorations_count: maybeCount,
  view_count: maybeCount,
  // The name of `view_count` in older answers.
  total_views_count: maybeCount,
  recent_manual_run_creators_emails: emails,
  scheduled_run_creators_emails: emails,
  editors_emails: emails,
});

export function toDiscoveryStats(row: z.output<typeof discoveryStats>, provenance: Provenance): ReportStatsRecord {
  return {
    kind: 'ReportStats',
    reportToken: row.report_token,
    viewCount: row.view_count ?? row.total_views_count,
    activeSchedulesCount: row.active_schedules_count,
    explorationsCount: row.explorations_count,
    recentRunnerEmails: row.recent_manual_run_creators_emails,
    schedulerEmails: row.scheduled_run_creators_emails,
    editorEmails: row.editors_emails,
    provenance,
  };
}

export const discoveryMember = z.object({
  // Somebody who was invited and has not come has none yet.
  member_username: maybeText,
  member_token: maybeToken,
  member_email: maybeText,
  state: maybeText,
  banned_at: maybeTime,
  activated_at: maybeTime,
  last_report_created_at: maybeTime,
  last_report_viewed_at: maybeTime,
  last_report_run_at: maybeTime,
  total_days_engaged: maybeCount,
});

/** Null for somebody who has no username: nothing in Mode can point to them. */
export function toDiscoveryMember(row: z.output<typeof discoveryMember>, provenance: Provenance): MemberRecord | null {
  if (!row.member_username) return null;
  return {
    ...memberIdentity(row.member_username, provenance),
    token: row.member_token,
    email: row.member_email,
    state: row.state,
    bannedAt: row.banned_at,
    activatedAt: row.activated_at,
    lastReportCreatedAt: row.last_report_created_at,
    lastReportViewedAt: row.last_report_viewed_at,
    lastReportRunAt: row.last_report_run_at,
    totalDaysEngaged: row.total_days_engaged,
  };
}
