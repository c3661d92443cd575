import { madeOnce } from '../loading/made-once.ts';
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
  const sources = isNamedById(rows) ? await operation.load.dataSources() : [];
  const tokens = new Map(sources.map((source) => [source.modeId, source.token]));
  return (row) => row.dataSourceToken ?? (row.dataSourceId === null ? null : (tokens.get(row.dataSourceId) ?? null));
}

/** Whether the token of any of their data sources has to be looked up. */
export const isNamedById = madeOnce((rows: readonly ReportQueryRecord[]): boolean =>
  rows.some((row) => row.dataSourceToken === null && row.dataSourceId !== null),
);
