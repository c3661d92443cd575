import type { Caller } from './credentials.ts';
import { mostInWindow } from './most-in-window.ts';

/** Mode's two services: the REST service under `/api`, and Discovery under `/batch`. */
export type Api = 'REST' | 'DISCOVERY';

/** One call, as it was served. Times are clock milliseconds. Credentials are named, never kept. */
export interface LedgerEntry {
  /** When it arrived. */
  at: number;
  /** When its answer went out, or the client went away. Undefined while it is being served. */
  answeredAt: number | undefined;
  api: Api;
  method: string;
  /** With its query string. */
  path: string;
  /** 0 while it is being served, and for a connection that was reset. 499 when the client went away first. */
  status: number;
  credential: Caller;
  /** Calls being served when it arrived, this one included. */
  concurrency: number;
  /** What `X-RateLimit-Remaining` said. */
  remaining: number | undefined;
  /** The kind of the fault that was played on it. */
  fault?: string;
  /** The client went away before the answer was out. */
  aborted?: boolean;
}

export interface LedgerFilter {
  method?: string;
  /** A piece of the path, or a pattern for it. */
  path?: string | RegExp;
  status?: number;
  credential?: Caller;
  api?: Api;
}

/** Every call this Mode was asked, in order of arrival. */
export class Ledger {
  entries: LedgerEntry[] = [];

  calls(filter: LedgerFilter = {}): LedgerEntry[] {
    const { method, path, status, credential, api } = filter;
    return this.entries.filter(
      (entry) =>
        (method === undefined || entry.method === method) &&
        (api === undefined || entry.api === api) &&
        (status === undefined || entry.status === status) &&
        (credential === undefined || entry.credential === credential) &&
        (path === undefined || (typeof path === 'string' ? entry.path.includes(path) : entry.path.search(path) >= 0)),
    );
  }

  /** Calls still being served keep their own entry, which is no longer listed. */
  clear(): void {
    this.entries = [];
  }

  /** The most arrivals in any window `(t, t + ms]`, refused ones included, of all calls or of some. */
  maxInWindow(ms: number, filter: LedgerFilter = {}): number {
    return mostInWindow(
      this.calls(filter).map((entry) => entry.at),
      ms,
    );
  }

  /** Paths that were answered 2xx more than once, with how often. */
  duplicates(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { path, status } of this.entries) {
      if (status >= 200 && status < 300) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
    return new Map([...counts].filter(([, count]) => count > 1));
  }

  maxConcurrency(): number {
    return this.entries.reduce((most, entry) => Math.max(most, entry.concurrency), 0);
  }

  countByStatus(): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const { status } of this.entries) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }
}
