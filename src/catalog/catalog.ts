/**
 * Floor 3, the catalog: the workspace as Discovery last described it, list by list, each with its date.
 *
 * It knows the six lists and how to keep them fresh. It must never know who asks, nor GraphQL.
 * Reading is synchronous: no promise, no loader, no copy.
 */
import type { CallContext } from '../mode/call-context.ts';
import type { DiscoveryListName, DiscoveryRows } from '../mode/discovery-client.ts';
import { slices } from '../mode/slices.ts';
import { BudgetExhaustedError } from '../throttle/budget-exhausted-error.ts';
import { OperationTooCostlyError } from '../throttle/operation-too-costly-error.ts';
import type { Priority } from '../throttle/throttle.ts';
import {
  CATALOG_LISTS,
  isReference,
  type CatalogListName,
  type CatalogRows,
  type ReferenceName,
} from './catalog-lists.ts';
import type { CatalogOptions } from './catalog-options.ts';
import { nowhere, type CatalogStore, type StoredList } from './catalog-store.ts';
import type { CatalogView, ListReading, ListStatus, RefreshOptions } from './catalog-view.ts';
import { HeldLists } from './held-lists.ts';
import { createIntake } from './intake.ts';
import { ListLengths } from './list-lengths.ts';
import { ListSaves } from './list-saves.ts';
import type { ListFacts, ListSnapshot } from './list-snapshot.ts';
import { alone, type Outcome, type ReadingTurns } from './reading-turns.ts';
import { Setbacks } from './setbacks.ts';
import { isWhatWasAskedFor } from './what-was-asked-for.ts';

export type { CatalogOptions, ReadReference } from './catalog-options.ts';

interface WhatCame {
  readonly outcome: Outcome;
  readonly stored: Promise<void>;
}

const NOTHING: WhatCame = { outcome: 'declined', stored: Promise.resolve() };

interface Reading {
  rows: number;
  total: number | null;
}

export class Catalog implements CatalogView {
  readonly #options: CatalogOptions;
  readonly #store: CatalogStore;
  readonly #turns: ReadingTurns;
  readonly #lists = new HeldLists(slices);
  readonly #lengths = new ListLengths();
  /** What is being read now. */
  readonly #readings = new Map<CatalogListName, Reading>();
  readonly #setbacks = new Setbacks();
  readonly #watchers = new Set<() => void>();
  readonly #saves: ListSaves;
  /** How often each was taken over from another replica. */
  readonly #takenOver = new Map<CatalogListName, number>();
  #refreshes = true;
  #edition: object = {};

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#store = options.store ?? nowhere;
    this.#turns = options.turns ?? alone;
    this.#saves = new ListSaves(this.#store);
  }

  get available(): boolean {
    return this.#options.discovery !== undefined;
  }

  get edition(): object {
    return this.#edition;
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
    return this.#lists.peek(name);
  }

  find<Name extends CatalogListName>(name: Name, asOf: number): ListSnapshot<CatalogRows[Name]> | undefined {
    return this.#lists.find(name, asOf);
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #tellWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  pages(name: CatalogListName): number {
    return this.#lengths.pages(name);
  }

  readings(name: CatalogListName): readonly ListReading[] {
    return [{ name, calls: this.pages(name), isGuess: this.#lengths.isGuess(name) }];
  }

  /** Takes up what a former life of the process stored. Costs no call. */
  async restore(): Promise<void> {
    await Promise.all(CATALOG_LISTS.map((name) => this.#restoreOne(name)));
  }

  async #restoreOne<Name extends CatalogListName>(name: Name): Promise<void> {
    const stored = await this.#store.load(name);
    if (!stored || this.peek(name) || !(await this.#lists.restore(name, stored.rows, stored))) return;
    this.#arrived(name, stored);
  }

  /** A reading lives until everybody who waits for it has left. Its calls are told to whoever asked first: they are made once. */
  async refresh(name: CatalogListName, call: CallContext, options: RefreshOptions = {}): Promise<boolean> {
    const before = this.readingFor(name);
    const askedAt = this.#options.clock.now();
    const board = { outlivesDeadlines: true, calls: this.pages(name) };
    // Discovery is as old as it is: asking it twice at once tells nobody anything newer.
    const passenger = isReference(name) ? call : notLive(call);
    const maxAgeMs = call.live === true ? 0 : options.maxAgeMs;
    const fly = (joint: CallContext): Promise<Outcome> => this.#fly(name, joint, { ...options, maxAgeMs });
    const reading = this.#options.flights.board(name, passenger, fly, board);
    if (before !== 'person' && this.readingFor(name) === 'person') this.#tellWatchers();
    const outcome = await reading;
    if (outcome === 'read') return true;
    if (outcome === 'taken over') {
      // Whoever began it may have minded less how old the list is that another replica has.
      const asOf = this.peek(name)?.asOf ?? -Infinity;
      const isIt = isWhatWasAskedFor(asOf, { askedAt, maxAgeMs });
      return isIt || this.refresh(name, call, options);
    }
    // Whoever asked first would not read so many pages; that is not for others to say.
    if (before === undefined || options.accept?.(this.pages(name)) === false) return false;
    return this.refresh(name, call, options);
  }

  refreshIfStale(name: CatalogListName): void {
    const snapshot = this.peek(name);
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
      (name) => this.#supplies(name) && now - (this.peek(name)?.asOf ?? -Infinity) > this.#options.maxAgeMs,
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
    const saved = this.#saves.end();
    this.#options.flights.cut();
    await saved;
  }

  /** How often the list came from another replica instead of Mode. */
  takenOver(name: CatalogListName): number {
    return this.#takenOver.get(name) ?? 0;
  }

  status(): ListStatus[] {
    return CATALOG_LISTS.map((name) => {
      const snapshot = this.peek(name);
      const begun = this.readingFor(name) === undefined ? null : { rows: 0, total: null };
      const reading = this.#readings.get(name) ?? begun;
      return { name, asOf: snapshot?.asOf ?? null, rows: snapshot?.rows.length ?? 0, reading };
    });
  }

  async #fly(name: CatalogListName, call: CallContext, options: RefreshOptions): Promise<Outcome> {
    const reading: Reading = { rows: 0, total: null };
    this.#readings.set(name, reading);
    try {
      return await this.#turns.run({
        name,
        call,
        maxAgeMs: options.maxAgeMs,
        held: () => this.peek(name),
        read: () => this.#read(name, call, options, reading),
        takeUp: (list) => this.#takeUp(list),
        hasten: () => this.#hasten(name),
      });
    } catch (error) {
      // That somebody had no time or no calls left says nothing of the list.
      if (call.signal?.aborted !== true && !isTheirs(error)) this.#leaveAlone(name, error);
      throw error;
    } finally {
      if (this.#readings.get(name) === reading) this.#readings.delete(name);
    }
  }

  /** A person waits for it in another replica: one boards the reading in their stead. */
  #hasten(name: CatalogListName): void {
    if (this.readingFor(name) !== 'background') return;
    this.#options.flights.board(name, {}, () => Promise.resolve('declined' as const)).catch(() => undefined);
    this.#tellWatchers();
  }

  async #takeUp(list: StoredList<CatalogListName>): Promise<void> {
    await this.#replace(list.name, list.rows, list);
    this.#takenOver.set(list.name, this.takenOver(list.name) + 1);
  }

  #leaveAlone(name: CatalogListName, error: unknown): void {
    this.#setbacks.failed(name, error, this.#lengths.known(name) !== undefined, this.#options.clock.now());
    // It may have become shorter, and a page that is no more would fail every reading.
    this.#lengths.forget(name);
    this.#options.onFailure?.(name, error);
  }

  #read(name: CatalogListName, call: CallContext, options: RefreshOptions, reading: Reading): Promise<WhatCame> {
    return isReference(name) ? this.#readReference(name, call) : this.#scan(name, call, options, reading);
  }

  async #scan<Name extends DiscoveryListName>(
    name: Name,
    call: CallContext,
    options: RefreshOptions,
    reading: Reading,
  ): Promise<WhatCame> {
    const { discovery } = this.#options;
    if (!discovery) return NOTHING;
    const held = this.peek(name) as ListSnapshot<DiscoveryRows[Name]> | undefined;
    const intake = createIntake<DiscoveryRows[Name]>(name, held);
    const { rows, pages, asOf } = await discovery.scan(
      name,
      {
        knownPages: this.#lengths.known(name),
        ...(options.accept && { accept: (count: number) => options.accept?.(count) ?? true }),
        take: (page, number, digest) => intake.take(page, number, digest),
        recall: (number, digest) => intake.recall(number, digest),
        onProgress: (read, total) => Object.assign(reading, { rows: read, total }),
      },
      call,
    );
    this.#lengths.learn(name, pages);
    if (!rows) return NOTHING;
    const { stored } = await this.#replace<DiscoveryListName>(name, rows, { asOf, pages });
    intake.settled(this.peek(name)?.rows);
    return { outcome: 'read', stored };
  }

  async #readReference(name: ReferenceName, call: CallContext): Promise<WhatCame> {
    const asOf = Math.floor(this.#options.clock.now());
    const rows = await this.#options.readReference?.(name, call);
    if (!rows) return NOTHING;
    const pages = Math.max(1, Math.ceil(rows.length / 30));
    return { outcome: 'read', ...(await this.#replace(name, rows, { asOf, pages })) };
  }

  /** @returns what resolves once it is stored, or will not be */
  async #replace<Name extends CatalogListName>(
    name: Name,
    found: readonly CatalogRows[Name][],
    { asOf, pages }: ListFacts,
  ): Promise<{ readonly stored: Promise<void> }> {
    const replaced = this.#lists.replace(name, found, { asOf, pages });
    const stored = this.#saves.save(name, replaced);
    await replaced;
    this.#arrived(name, { asOf, pages });
    this.#setbacks.recovered(name);
    return { stored };
  }

  #arrived(name: CatalogListName, { pages }: ListFacts): void {
    this.#edition = {};
    this.#lengths.learn(name, pages);
    this.#tellWatchers();
  }
}

function isTheirs(error: unknown): boolean {
  return error instanceof BudgetExhaustedError || error instanceof OperationTooCostlyError;
}

function notLive(call: CallContext): CallContext {
  return Object.assign(Object.create(call) as CallContext, { live: false });
}
