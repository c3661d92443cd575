import { blankChart, blankCollection, blankQuery, blankReport } from './blank-rows.ts';
import { append, detach, drop } from './children.ts';
import type { SimChart, SimCollection, SimQuery, SimReport } from './rows.ts';
import { MINUTE, stamp, TODAY } from './timeline.ts';
import { tokenFor } from './tokens.ts';
import { World } from './world.ts';

/**
 * A world whose rows can come, go and move, with every index kept right. The REST service sees each change at once.
 * Changes happen in the world's own time, one minute after another from its present on.
 *
 * Every method throws RangeError for a token that is not there, or that is there already.
 */
export class EditableWorld extends World {
  #now = TODAY;
  #added = 0;

  addCollection(overrides: Partial<SimCollection> = {}): SimCollection {
    const row = { ...blankCollection(this, this.#newToken(), nextId(this.collections)), ...overrides };
    this.#insert(row, this.collections, this.collectionByToken);
    return row;
  }

  addReport(collectionToken: string, overrides: Partial<Omit<SimReport, 'collectionToken'>> = {}): SimReport {
    const collection = found(this.collectionByToken, collectionToken);
    const row = {
      ...blankReport(this.#newToken(), nextId(this.reports), collection, this.#tick()),
      ...overrides,
      collectionToken,
    };
    this.#insert(row, this.reports, this.reportByToken);
    append(this.reportsByCollection, collectionToken, row);
    return row;
  }

  /** @throws RangeError in a world without data sources too. */
  addQuery(reportToken: string, overrides: Partial<Omit<SimQuery, 'reportToken'>> = {}): SimQuery {
    const report = found(this.reportByToken, reportToken);
    const source = this.dataSources[0];
    if (source === undefined) throw new RangeError('a query needs a data source');
    const blank = blankQuery(this.#newToken(), nextId(this.queries), report, source, this.#tick());
    const row = { ...blank, ...overrides, reportToken };
    this.#insert(row, this.queries, this.queryByToken);
    append(this.queriesByReport, reportToken, row);
    return row;
  }

  addChart(queryToken: string, overrides: Partial<Omit<SimChart, 'queryToken' | 'reportToken'>> = {}): SimChart {
    const query = found(this.queryByToken, queryToken);
    const blank = blankChart(this.#newToken(), nextId(this.charts), query, this.#tick());
    const row = { ...blank, ...overrides, queryToken, reportToken: query.reportToken };
    this.#insert(row, this.charts, this.chartByToken);
    append(this.chartsByQuery, queryToken, row);
    return row;
  }

  /** Removed rows leave no trace: their GET answers 404. What they held goes with them. */
  removeCollection(token: string): void {
    const row = found(this.collectionByToken, token);
    for (const report of [...(this.reportsByCollection.get(token) ?? [])]) this.removeReport(report.token);
    drop(this.collections, row);
    this.collectionByToken.delete(token);
  }

  removeReport(token: string): void {
    const row = found(this.reportByToken, token);
    for (const query of [...(this.queriesByReport.get(token) ?? [])]) this.removeQuery(query.token);
    drop(this.reports, row);
    this.reportByToken.delete(token);
    detach(this.reportsByCollection, row.collectionToken, row);
  }

  removeQuery(token: string): void {
    const row = found(this.queryByToken, token);
    for (const chart of [...(this.chartsByQuery.get(token) ?? [])]) this.removeChart(chart.token);
    drop(this.queries, row);
    this.queryByToken.delete(token);
    detach(this.queriesByReport, row.reportToken, row);
  }

  removeChart(token: string): void {
    const row = found(this.chartByToken, token);
    drop(this.charts, row);
    this.chartByToken.delete(token);
    detach(this.chartsByQuery, row.queryToken, row);
  }

  renameReport(token: string, name: string | null): void {
    const row = found(this.reportByToken, token);
    row.name = name;
    row.updatedAt = this.#tick();
  }

  /** It becomes the last of its new collection. */
  moveReport(token: string, collectionToken: string): void {
    const row = found(this.reportByToken, token);
    found(this.collectionByToken, collectionToken);
    detach(this.reportsByCollection, row.collectionToken, row);
    row.collectionToken = collectionToken;
    row.updatedAt = this.#tick();
    append(this.reportsByCollection, collectionToken, row);
  }

  #insert<T extends { token: string }>(row: T, list: T[], byToken: Map<string, T>): void {
    if (this.row(row.token) !== undefined) throw new RangeError(`there is a ${row.token} already`);
    list.push(row);
    byToken.set(row.token, row);
  }

  #newToken(): string {
    this.#added += 1;
    return tokenFor('added', this.workspace.token, this.#added);
  }

  #tick(): string {
    this.#now += MINUTE;
    return stamp(this.#now);
  }
}

function found<T>(byToken: Map<string, T>, token: string): T {
  const row = byToken.get(token);
  if (row === undefined) throw new RangeError(`there is no ${token}`);
  return row;
}

function nextId(rows: readonly { id: number }[]): number {
  return rows.reduce((most, { id }) => Math.max(most, id), 0) + 1;
}
