/** One record from what REST and Discovery each know of a thing. REST's facts are live, so they win. */
import type {
  ChartRecord,
  MemberRecord,
  Provenance,
  ReportQueryRecord,
  ReportRecord,
  ReportStatsRecord,
} from '../mode/records.ts';
import { madeOnceOfTwo } from './made-once.ts';

/**
 * The older one, whenever it is looked at: an object is no fresher than its oldest fact, and what the catalog holds is
 * confirmed from time to time.
 */
function older(a: Provenance, b: Provenance | undefined): Provenance {
  return b === undefined || b === a ? a : olderOf(a, b);
}

const olderOf = madeOnceOfTwo((a: Provenance, b: Provenance): Provenance => {
  const oldest = (): Provenance => (b.asOf < a.asOf ? b : a);
  return {
    get source() {
      return oldest().source;
    },
    get asOf() {
      return oldest().asOf;
    },
  };
});

export function mergeReport(
  record: ReportRecord,
  discovery: ReportRecord | undefined,
  stats: ReportStatsRecord | undefined,
): ReportRecord {
  if (!discovery && !stats) return record;
  return {
    ...record,
    creatorEmail: record.creatorEmail ?? discovery?.creatorEmail ?? null,
    lastRunState: record.lastRunState ?? discovery?.lastRunState ?? null,
    lastViewedAt: record.lastViewedAt ?? discovery?.lastViewedAt ?? null,
    viewCount: record.viewCount ?? stats?.viewCount ?? null,
    schedulesCount: record.schedulesCount ?? stats?.activeSchedulesCount ?? null,
    provenance: older(older(record.provenance, discovery?.provenance), stats?.provenance),
  };
}

export function mergeQuery(record: ReportQueryRecord, discovery: ReportQueryRecord | undefined): ReportQueryRecord {
  if (!discovery) return record;
  return {
    ...record,
    collectionToken: record.collectionToken ?? discovery.collectionToken,
    creatorEmail: record.creatorEmail ?? discovery.creatorEmail,
    dataSourceToken: record.dataSourceToken ?? discovery.dataSourceToken,
    provenance: older(record.provenance, discovery.provenance),
  };
}

export function mergeChart(record: ChartRecord, discovery: ChartRecord | undefined): ChartRecord {
  if (!discovery) return record;
  return {
    ...record,
    modeId: record.modeId ?? discovery.modeId,
    collectionToken: record.collectionToken ?? discovery.collectionToken,
    explorationUrl: record.explorationUrl ?? discovery.explorationUrl,
    provenance: older(record.provenance, discovery.provenance),
  };
}

export function mergeMember(record: MemberRecord, discovery: MemberRecord | undefined): MemberRecord {
  if (!discovery) return record;
  return {
    ...discovery,
    ...record,
    activatedAt: discovery.activatedAt,
    bannedAt: discovery.bannedAt,
    lastReportCreatedAt: discovery.lastReportCreatedAt,
    lastReportViewedAt: discovery.lastReportViewedAt,
    lastReportRunAt: discovery.lastReportRunAt,
    totalDaysEngaged: discovery.totalDaysEngaged,
    provenance: older(record.provenance, discovery.provenance),
  };
}
