/**
 * Floor 3, the catalog: the workspace as Discovery last described it, list by list, each with its date.
 *
 * It knows the six lists and how to keep them fresh. It must never know who asks, nor GraphQL.
 * Reading is synchronous: no promise, no loader, no copy.
 */
import { DISCOVERY_LISTS, type DiscoveryClient, type DiscoveryListName, type DiscoveryRows } from '../mode/discovery-client.ts';
import type { CallContext } from '../mode/http.ts';
import type { Clock } from '../throttle/clock.ts';
import { nowhere, type CatalogStore } from './catalog-store.ts';
import { makeSnapshot, type ListSnapshot } from './list-snapshot.ts';

type Snapshots = { -readonly [Name in DiscoveryListName]?: ListSnapshot<DiscoveryRows[Name]> };

/** Pages a list is taken to have before it was ever read: those of a workspace of 4,000 reports. */
const FIRST_GUESS: Readonly<Record<DiscoveryListName, number>> = {
  collections: 1,
  reports: 5,
  stats: 5,
  queries: 13,
  charts: 19,
  members: 1,
};

/** After a failed reading, how long Discovery is left alone, in milliseconds. */
const REST_AFTER_FAILURE_MS = 30_000;

export interface CatalogOptions {
  /** None: the workspace has no Discovery; the catalog stays empty. */
  readonly discovery?: DiscoveryClient | undefined;
  readonly clock: Clock;
  /** Older snapshots are still served, and refreshed behind the answer. Milliseconds. */
  readonly maxAgeMs: number;
  /** @default nowhere */
  readonly store?: CatalogStore;
}

export interface RefreshOptions {
  /** See `ScanOptions.accept`. */
  accept?(pages: number): boolean;
}

export interface ListStatus {
  readonly name: DiscoveryListName;
  /** Null when the list was never read. */
  readonly asOf: number | null;
  readonly rows: number;
  /** While it is being read: rows so far, and of how many. */
  readonly reading: { readonly rows: number; readonly total: number | null } | null;
}

interface Flight {
  readonly promise: Promise<boolean>;
  readonly controller: AbortController;
  waiting: number;
  reading: { rows: number; total: number | null };
}

export class Catalog {
  readonly #options: CatalogOptions;
  readonly #store: CatalogStore;
  readonly #snapshots: Snapshots = {};
  readonly #pages: Partial<Record<DiscoveryListName, number>> = {};
  readonly #flights = new Map<DiscoveryListName, Flight>();
  /** Discovery failed a moment ago: asking again at once would only spend calls. */
  #blockedUntil = 0;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#store = options.store ?? nowhere;
  }

  /** Whether the workspace has Discovery at all. */
  get available(): boolean {
    return this.#options.discovery !== undefined;
  }

  /** Whether it makes sense to read a list now: Discovery is there and has not just failed. */
  get readable(): boolean {
    return this.available && this.#options.clock.now() >= this.#blockedUntil;
  }

  /** The list as last read; undefined when it never was. */
  peek<Name extends DiscoveryListName>(name: Name): ListSnapshot<DiscoveryRows[Name]> | undefined {
    return this.#snapshots[name];
  }

  /** Calls that reading the list takes: known from last time, else a guess. */
  pages(name: DiscoveryListName): number {
    return this.#pages[name] ?? FIRST_GUESS[name];
  }

  /** Takes up what a former life of the process stored. Costs no call. */
  async restore(): Promise<void> {
    await Promise.all(DISCOVERY_LISTS.map((name) => this.#restoreOne(name)));
  }

  async #restoreOne<Name extends DiscoveryListName>(name: Name): Promise<void> {
    const stored = await this.#store.load(name);
    if (!stored || this.#snapshots[name]) return;
    this.#keep(name, makeSnapshot(name, stored.rows, stored));
  }

  /**
   * Reads a list anew, once however many ask at the same time. A reading lives until everybody who
   * waits for it has left. False when `accept` declined.
   *
   * The calls are told to whoever asked first: they are made once.
   *
   * @throws {UpstreamError}; the old snapshot then goes on serving
   */
  async refresh(name: DiscoveryListName, call: CallContext, options: RefreshOptions = {}): Promise<boolean> {
    call.signal?.throwIfAborted();
    const flight = this.#flights.get(name) ?? this.#takeOff(name, call, options);
    flight.waiting++;
    const leave = (): void => {
      flight.waiting--;
      if (flight.waiting > 0) return;
      // Gone from the map first: whoever asks next must not board a flight that is going down.
      this.#land(name, flight);
      flight.controller.abort();
    };
    const { signal } = call;
    if (!signal) return flight.promise;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        leave();
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      flight.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    });
  }

  /** Refreshes behind the answer what has grown too old, at the lowest priority, and not right after a failure. */
  refreshIfStale(name: DiscoveryListName): void {
    const snapshot = this.#snapshots[name];
    const now = this.#options.clock.now();
    if (!snapshot || now - snapshot.asOf <= this.#options.maxAgeMs || this.#flights.has(name)) return;
    if (!this.readable) return;
    this.refresh(name, { priority: 'background' }).catch(() => undefined);
  }

  /** Reads whatever is missing or too old, at the lowest priority. Never throws. */
  async warm(names: readonly DiscoveryListName[] = DISCOVERY_LISTS): Promise<void> {
    if (!this.available) return;
    const now = this.#options.clock.now();
    const due = names.filter((name) => now - (this.#snapshots[name]?.asOf ?? -Infinity) > this.#options.maxAgeMs);
    await Promise.allSettled(due.map((name) => this.refresh(name, { priority: 'background' })));
  }

  /** Cuts every reading that is under way. */
  dispose(): void {
    for (const flight of this.#flights.values()) flight.controller.abort();
  }

  status(): ListStatus[] {
    return DISCOVERY_LISTS.map((name) => {
      const snapshot = this.#snapshots[name];
      const reading = this.#flights.get(name)?.reading ?? null;
      return { name, asOf: snapshot?.asOf ?? null, rows: snapshot?.rows.length ?? 0, reading };
    });
  }

  #takeOff(name: DiscoveryListName, call: CallContext, options: RefreshOptions): Flight {
    const controller = new AbortController();
    const reading: Flight['reading'] = { rows: 0, total: null };
    const promise = this.#read(name, { ...call, signal: controller.signal }, options, reading)
      .catch((error: unknown) => {
        if (!controller.signal.aborted) this.#blockedUntil = this.#options.clock.now() + REST_AFTER_FAILURE_MS;
        throw error;
      })
      .finally(() => {
        this.#land(name, flight);
      });
    const flight: Flight = { promise, controller, waiting: 0, reading };
    this.#flights.set(name, flight);
    return flight;
  }

  #land(name: DiscoveryListName, flight: Flight): void {
    if (this.#flights.get(name) === flight) this.#flights.delete(name);
  }

  async #read<Name extends DiscoveryListName>(
    name: Name,
    call: CallContext,
    options: RefreshOptions,
    reading: Flight['reading'],
  ): Promise<boolean> {
    const { discovery } = this.#options;
    if (!discovery) return false;
    const { rows, pages, asOf } = await discovery.scan(
      name,
      {
        knownPages: this.#pages[name],
        ...(options.accept && { accept: (count: number) => options.accept?.(count) ?? true }),
        onProgress: (read, total) => Object.assign(reading, { rows: read, total }),
      },
      call,
    );
    this.#pages[name] = pages;
    if (!rows) return false;
    this.#blockedUntil = 0;
    this.#keep(name, makeSnapshot(name, rows, { asOf, pages }));
    void this.#store.save({ name, rows, asOf, pages });
    return true;
  }

  #keep<Name extends DiscoveryListName>(name: Name, snapshot: ListSnapshot<DiscoveryRows[Name]>): void {
    // One assignment, after everything is built: a reader sees the old list or the new one, never half of each.
    (this.#snapshots as Record<Name, ListSnapshot<DiscoveryRows[Name]>>)[name] = snapshot;
    this.#pages[name] = snapshot.pages;
  }
}
