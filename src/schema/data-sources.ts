import type { Operation } from '../loading/operation.ts';
import type { ReportQueryRecord } from '../mode/records.ts';

/**
 * How to tell which data source a query runs against: Discovery names it by token, REST by its numeric
 * id, which the list of data sources (one call) turns into a token.
 */
export async function dataSourceToken(
  operation: Operation,
  rows: readonly ReportQueryRecord[],
): Promise<(row: ReportQueryRecord) => string | null> {
  const needsMap = rows.some((row) => row.dataSourceToken === null && row.dataSourceId !== null);
  const sources = needsMap ? await operation.load.dataSources() : [];
  const tokens = new Map(sources.map((source) => [source.modeId, source.token]));
  return (row) => row.dataSourceToken ?? (row.dataSourceId === null ? null : (tokens.get(row.dataSourceId) ?? null));
}
