/**
 * Floor 3, the catalog: the workspace as Discovery last described it, list by list, each with its date.
 *
 * It knows the six lists and how to keep them fresh. It must never know who asks, nor GraphQL.
 * Reading is synchronous: no promise, no loader, no copy.
 */
import type { DiscoveryClient, DiscoveryListName } from '../mode/discovery-client.ts';
import type { CallContext } from '../mode/call-context.ts';
import type { Flights } from '../mode/flights.ts';
import { BudgetExhaustedError } from '../throttle/budget-exhausted-error.ts';
import type { Clock } from '../throttle/clock.ts';
import { OperationTooCostlyError } from '../throttle/operation-too-costly-error.ts';
import type { Priority } from '../throttle/throttle.ts';
import {
  CATALOG_LISTS,
  isReference,
  type CatalogListName,
  type CatalogRows,
  type ReferenceName,
  type ReferenceRows,
} from './catalog-lists.ts';
import type { CatalogView, ListStatus, RefreshOptions } from './catalog-view.ts';
import { nowhere, type CatalogStore } from './catalog-store.ts';
import { Setbacks } from './setbacks.ts';
import { makeSnapshot, type ListSnapshot } from './list-snapshot.ts';

type Snapshots = { -readonly [Name in CatalogListName]?: ListSnapshot<CatalogRows[Name]> };

/** Pages a list is taken to have before it was ever read: those of a workspace of 4,000 reports. */
const FIRST_GUESS: Readonly<Record<CatalogListName, number>> = {
  collections: 1,
  reports: 5,
  stats: 5,
  queries: 13,
  charts: 19,
  members: 1,
  workspace: 1,
  allCollections: 4,
  dataSources: 1,
  people: 1,
};

/** Replaced snapshots kept for walks that are under way. */
const MOST_RETIRED = 2;

export interface CatalogOptions {
  /** None: the workspace has no Discovery; none of its lists is ever held. */
  readonly discovery?: DiscoveryClient | undefined;
  /** Reads what is kept from REST beside Discovery's lists. @default none of that is kept */
  readonly readReference?: ReadReference | undefined;
  readonly clock: Clock;
  /** Older snapshots are still served, and refreshed behind the answer. Milliseconds. */
  readonly maxAgeMs: number;
  /** @default nowhere */
  readonly store?: CatalogStore;
  /** Readings of its lists that are under way, and who waits for them. */
  readonly flights: Flights;
  /** Told of each reading that failed, for the operator: nobody may be waiting for it. @default nobody */
  onFailure?(name: CatalogListName, error: unknown): void;
}

export type ReadReference = <Name extends ReferenceName>(
  name: Name,
  call: CallContext,
) => Promise<readonly ReferenceRows[Name][]>;

interface Reading {
  rows: number;
  total: number | null;
}

export class Catalog implements CatalogView {
  readonly #options: CatalogOptions;
  readonly #store: CatalogStore;
  readonly #snapshots: Snapshots = {};
  readonly #pages: Partial<Record<CatalogListName, number | undefined>> = {};
  /** What is being read now. */
  readonly #readings = new Map<CatalogListName, Reading>();
  /** Replaced snapshots, newest first, for walks that began on them. */
  readonly #retired = new Map<CatalogListName, ListSnapshot<CatalogRows[CatalogListName]>[]>();
  readonly #setbacks = new Setbacks();
  readonly #watchers = new Set<() => void>();
  /** Being written to the store. */
  readonly #saves = new Set<Promise<void>>();
  #refreshes = true;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#store = options.store ?? nowhere;
  }

  get available(): boolean {
    return this.#options.discovery !== undefined;
  }

  #supplies(name: CatalogListName): boolean {
    return (isReference(name) ? this.#options.readReference : this.#options.discovery) !== undefined;
  }

  canRead(name: CatalogListName): boolean {
    if (!this.#supplies(name)) return false;
    if (this.readingFor(name) !== undefined) return true;
    return this.#setbacks.isOver(name, this.#options.clock.now());
  }

  readingFor(name: CatalogListName): Priority | undefined {
    return this.#options.flights.priorityOf(name);
  }

  peek<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    return this.#snapshots[name];
  }

  find<Name extends CatalogListName>(name: Name, asOf: number): ListSnapshot<CatalogRows[Name]> | undefined {
    const retired = (this.#retired.get(name) ?? []) as ListSnapshot<CatalogRows[Name]>[];
    return [this.peek(name), ...retired].find((snapshot) => snapshot?.asOf === asOf);
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #tellWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  pages(name: CatalogListName): number {
    return this.#pages[name] ?? FIRST_GUESS[name];
  }

  /** Takes up what a former life of the process stored. Costs no call. */
  async restore(): Promise<void> {
    await Promise.all(CATALOG_LISTS.map((name) => this.#restoreOne(name)));
  }

  async #restoreOne<Name extends CatalogListName>(name: Name): Promise<void> {
    const stored = await this.#store.load(name);
    if (!stored || this.#snapshots[name]) return;
    this.#keep(name, makeSnapshot(name, stored.rows, stored));
  }

  /** A reading lives until everybody who waits for it has left. Its calls are told to whoever asked first: they are made once. */
  async refresh(name: CatalogListName, call: CallContext, options: RefreshOptions = {}): Promise<boolean> {
    const before = this.readingFor(name);
    const calls = this.pages(name);
    const board = { outlivesDeadlines: true, calls };
    // Discovery is as old as it is: asking it twice at once tells nobody anything newer.
    const passenger = isReference(name) ? call : notLive(call);
    const reading = this.#options.flights.board(name, passenger, (joint) => this.#fly(name, joint, options), board);
    if (before !== 'person' && this.readingFor(name) === 'person') this.#tellWatchers();
    if (await reading) return true;
    // Whoever asked first would not read so many pages; that is not for others to say.
    if (before === undefined || options.accept?.(this.pages(name)) === false) return false;
    return this.refresh(name, call, options);
  }

  refreshIfStale(name: CatalogListName): void {
    const snapshot = this.#snapshots[name];
    const now = this.#options.clock.now();
    if (!snapshot || now - snapshot.asOf <= this.#options.maxAgeMs || this.readingFor(name) !== undefined) return;
    if (!this.#refreshes || !this.canRead(name)) return;
    this.refresh(name, { priority: 'background' }).catch(() => undefined);
  }

  /** Reads whatever is missing or too old, at the lowest priority. Never throws. */
  async warm(names: readonly CatalogListName[] = CATALOG_LISTS): Promise<void> {
    if (!this.available || !this.#refreshes) return;
    const now = this.#options.clock.now();
    const due = names.filter(
      (name) => this.#supplies(name) && now - (this.#snapshots[name]?.asOf ?? -Infinity) > this.#options.maxAgeMs,
    );
    await Promise.allSettled(due.map((name) => this.refresh(name, { priority: 'background' })));
  }

  /** From now on reads only what a person waits for; what is being read behind everybody is cut. */
  stopRefreshing(): void {
    this.#refreshes = false;
    this.#options.flights.cutBackground();
  }

  /** Cuts every reading that is under way, and waits for what is being written to the store. */
  async dispose(): Promise<void> {
    this.#options.flights.cut();
    await Promise.all(this.#saves);
  }

  status(): ListStatus[] {
    return CATALOG_LISTS.map((name) => {
      const snapshot = this.#snapshots[name];
      const begun = this.readingFor(name) === undefined ? null : { rows: 0, total: null };
      const reading = this.#readings.get(name) ?? begun;
      return { name, asOf: snapshot?.asOf ?? null, rows: snapshot?.rows.length ?? 0, reading };
    });
  }

  async #fly(name: CatalogListName, call: CallContext, options: RefreshOptions): Promise<boolean> {
    const reading: Reading = { rows: 0, total: null };
    this.#readings.set(name, reading);
    try {
      return await this.#read(name, call, options, reading);
    } catch (error) {
      // That somebody had no time or no calls left says nothing of the list.
      if (call.signal?.aborted !== true && !isTheirs(error)) this.#leaveAlone(name, error);
      throw error;
    } finally {
      if (this.#readings.get(name) === reading) this.#readings.delete(name);
    }
  }

  #leaveAlone(name: CatalogListName, error: unknown): void {
    this.#setbacks.failed(name, error, this.#pages[name] !== undefined, this.#options.clock.now());
    // It may have become shorter, and a page that is no more would fail every reading.
    this.#pages[name] = undefined;
    this.#options.onFailure?.(name, error);
  }

  #read(name: CatalogListName, call: CallContext, options: RefreshOptions, reading: Reading): Promise<boolean> {
    return isReference(name) ? this.#readReference(name, call) : this.#scan(name, call, options, reading);
  }

  async #scan<Name extends DiscoveryListName>(
    name: Name,
    call: CallContext,
    options: RefreshOptions,
    reading: Reading,
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
    this.#replace<DiscoveryListName>(name, rows, { asOf, pages });
    return true;
  }

  async #readReference(name: ReferenceName, call: CallContext): Promise<boolean> {
    const asOf = Math.floor(this.#options.clock.now());
    const rows = await this.#options.readReference?.(name, call);
    if (!rows) return false;
    const pages = Math.max(1, Math.ceil(rows.length / 30));
    this.#replace(name, rows, { asOf, pages });
    return true;
  }

  #replace<Name extends CatalogListName>(
    name: Name,
    rows: readonly CatalogRows[Name][],
    facts: { readonly asOf: number; readonly pages: number },
  ): void {
    this.#keep(name, makeSnapshot(name, rows, facts));
    this.#setbacks.recovered(name);
    const save = this.#store.save({ name, rows, ...facts }).finally(() => this.#saves.delete(save));
    this.#saves.add(save);
  }

  #keep<Name extends CatalogListName>(name: Name, snapshot: ListSnapshot<CatalogRows[Name]>): void {
    const old = this.#snapshots[name];
    if (old) this.#retired.set(name, [old, ...(this.#retired.get(name) ?? [])].slice(0, MOST_RETIRED));
    // One assignment, after everything is built: a reader sees the old list or the new one, never half of each.
    (this.#snapshots as Record<Name, ListSnapshot<CatalogRows[Name]>>)[name] = snapshot;
    this.#pages[name] = snapshot.pages;
    this.#tellWatchers();
  }
}

function isTheirs(error: unknown): boolean {
  return error instanceof BudgetExhaustedError || error instanceof OperationTooCostlyError;
}

function notLive(call: CallContext): CallContext {
  return Object.assign(Object.create(call) as CallContext, { live: false });
}
