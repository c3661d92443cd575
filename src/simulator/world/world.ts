import type { CredentialName } from '../credentials.ts';
import { append } from './children.ts';
import type { DeletedAs, SimChart, SimCollection, SimDataSource, SimMember, SimQuery, SimReport } from './rows.ts';

/** The rows a world is made of. */
export interface WorldRows {
  workspace: SimWorkspace;
  members: SimMember[];
  collections: SimCollection[];
  dataSources: SimDataSource[];
  reports: SimReport[];
  queries: SimQuery[];
  charts: SimChart[];
}

export interface SimWorkspace {
  username: string;
  name: string;
  token: string;
  id: number;
  createdAt: string;
}

/** Any row that a token can address. */
export type SimRow = SimMember | SimCollection | SimDataSource | SimReport | SimQuery | SimChart;

/** The truth of a simulated workspace. Rows may be changed in place; what they belong to is indexed once (`EditableWorld`). */
export class World implements WorldRows {
  readonly workspace: SimWorkspace;
  readonly members: SimMember[];
  readonly collections: SimCollection[];
  readonly dataSources: SimDataSource[];
  readonly reports: SimReport[];
  readonly queries: SimQuery[];
  readonly charts: SimChart[];

  readonly memberByUsername = new Map<string, SimMember>();
  readonly memberByToken = new Map<string, SimMember>();
  readonly collectionByToken = new Map<string, SimCollection>();
  readonly dataSourceByToken = new Map<string, SimDataSource>();
  readonly reportByToken = new Map<string, SimReport>();
  readonly queryByToken = new Map<string, SimQuery>();
  readonly chartByToken = new Map<string, SimChart>();

  /** Children by their parent's token, in the order Mode lists them. A childless parent has no entry. */
  readonly reportsByCollection = new Map<string, SimReport[]>();
  readonly queriesByReport = new Map<string, SimQuery[]>();
  readonly chartsByQuery = new Map<string, SimChart[]>();

  /** Tokens of deleted rows, and what is left of them. What a deleted row holds is gone with it. */
  readonly deleted = new Map<string, DeletedAs>();

  /** The people behind the two credentials. */
  readonly admin: SimMember;
  readonly member: SimMember;
  /** The member behind the other member's key, with a personal collection of their own. */
  readonly colleague: SimMember;

  constructor(rows: WorldRows) {
    this.workspace = rows.workspace;
    this.members = rows.members;
    this.collections = rows.collections;
    this.dataSources = rows.dataSources;
    this.reports = rows.reports;
    this.queries = rows.queries;
    this.charts = rows.charts;
    for (const row of this.members) {
      this.memberByUsername.set(row.username, row);
      this.memberByToken.set(row.token, row);
    }
    for (const row of this.collections) this.collectionByToken.set(row.token, row);
    for (const row of this.dataSources) this.dataSourceByToken.set(row.token, row);
    for (const row of this.reports) {
      this.reportByToken.set(row.token, row);
      append(this.reportsByCollection, row.collectionToken, row);
    }
    for (const row of this.queries) {
      this.queryByToken.set(row.token, row);
      append(this.queriesByReport, row.reportToken, row);
    }
    for (const row of this.charts) {
      this.chartByToken.set(row.token, row);
      append(this.chartsByQuery, row.queryToken, row);
    }
    const [admin, member, colleague = member] = this.members;
    if (admin === undefined || member === undefined || colleague === undefined)
      throw new RangeError('a world needs two members');
    this.admin = admin;
    this.member = member;
    this.colleague = colleague;
  }

  row(token: string): SimRow | undefined {
    return (
      this.collectionByToken.get(token) ??
      this.reportByToken.get(token) ??
      this.queryByToken.get(token) ??
      this.chartByToken.get(token) ??
      this.dataSourceByToken.get(token) ??
      this.memberByToken.get(token)
    );
  }

  /** The token of what holds this row: a chart's query, a query's report, a report's collection. */
  parentOf(token: string): string | undefined {
    return (
      this.chartByToken.get(token)?.queryToken ??
      this.queryByToken.get(token)?.reportToken ??
      this.reportByToken.get(token)?.collectionToken
    );
  }

  /** Whether `who` is allowed to see it, deleted or not. Everybody sees data sources and members. */
  mayView(who: CredentialName, token: string): boolean {
    if (this.row(token) === undefined) return false;
    if (who === 'admin') return true;
    let top = token;
    for (let parent = this.parentOf(top); parent !== undefined; parent = this.parentOf(top)) top = parent;
    const collection = this.collectionByToken.get(top);
    if (collection === undefined) return true;
    return collection.defaultAccessLevel !== 'restricted' || this.belongsTo(who, collection);
  }

  belongsTo(who: CredentialName, collection: SimCollection): boolean {
    return collection.memberUsernames.includes(this[who].username);
  }

  /** Whether something that holds this row was deleted. */
  isOrphan(token: string): boolean {
    for (let parent = this.parentOf(token); parent !== undefined; parent = this.parentOf(parent)) {
      if (this.deleted.has(parent)) return true;
    }
    return false;
  }

  /** Whether `who` finds it in lists: it may be viewed, and neither it nor anything that holds it was deleted. */
  canSee(who: CredentialName, token: string): boolean {
    return this.mayView(who, token) && !this.deleted.has(token) && !this.isOrphan(token);
  }

  /** The live queries of a report, and the live charts of a query. */
  liveQueries(reportToken: string): SimQuery[] {
    return (this.queriesByReport.get(reportToken) ?? []).filter((query) => !this.deleted.has(query.token));
  }

  liveCharts(queryToken: string): SimChart[] {
    return (this.chartsByQuery.get(queryToken) ?? []).filter((chart) => !this.deleted.has(chart.token));
  }
}
