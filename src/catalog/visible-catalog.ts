import type { CallContext } from '../mode/call-context.ts';
import { UpstreamForbiddenError } from '../mode/errors/upstream-forbidden-error.ts';
import type { Clock } from '../throttle/clock.ts';
import type { Priority } from '../throttle/priority.ts';
import { CATALOG_LISTS, isReference, type CatalogListName, type CatalogRows } from './catalog-lists.ts';
import type { CatalogView, ListReading, ListStatus, RefreshOptions } from './catalog-view.ts';
import type { ListSnapshot } from './list-snapshot.ts';
import { onlyRows } from './only-rows.ts';

export interface VisibleCatalogOptions {
  /** Discovery's lists, which hold what an admin sees. */
  readonly shared: CatalogView;
  /** REST's lists, read with the caller's own credential. Its collections say what the caller may see. */
  readonly own: CatalogView;
  readonly clock: Clock;
  /** How long what the caller may see is believed, in milliseconds. */
  readonly believedMs: number;
}

type Snapshot = ListSnapshot<CatalogRows[CatalogListName]>;

/** What decides whether a row is shown: the caller's collections, and, for statistics, whose report they are of. */
interface Sight {
  readonly collections: Snapshot;
  readonly reports: ListSnapshot<CatalogRows['reports']> | undefined;
}

/**
 * The catalog as one caller may see it: a row of Discovery's is there if its collection is one that the
 * caller's own credential lists, and else it is as if it did not exist. Nothing is served on the word of a list of
 * collections that is older than `believedMs`.
 *
 * Discovery's list of members is not there at all: it tells of everybody when they last looked at what, which
 * Mode shows to admins only. Who made what is found in REST's list of people, which every key may read.
 */
export class VisibleCatalog implements CatalogView {
  readonly #options: VisibleCatalogOptions;
  /** What was cut out of a list, and by what it was cut. */
  readonly #cuts = new WeakMap<Snapshot, { readonly by: Sight; readonly cut: Snapshot }>();

  constructor(options: VisibleCatalogOptions) {
    this.#options = options;
  }

  get available(): boolean {
    return this.#options.shared.available;
  }

  /** What the caller may see changes with their own lists, and with time. */
  readonly edition = undefined;

  canRead(name: CatalogListName): boolean {
    if (name === 'members') return false;
    const { shared, own } = this.#options;
    if (isReference(name)) return own.canRead(name);
    const parts = partsOf(name).every((part) => shared.peek(part) !== undefined || shared.canRead(part));
    return parts && (this.#collections() !== undefined || own.canRead('allCollections'));
  }

  readingFor(name: CatalogListName): Priority | undefined {
    const { shared, own } = this.#options;
    if (isReference(name)) return own.readingFor(name);
    // What is wanting and not being read yet decides what is left to pay, and so does what is read behind everybody.
    const wanting = [
      ...(this.#collections() ? [] : [own.readingFor('allCollections')]),
      ...partsOf(name).flatMap((part) => (shared.peek(part) ? [] : [shared.readingFor(part)])),
    ];
    if (wanting.length === 0) return shared.readingFor(name);
    if (wanting.includes(undefined)) return undefined;
    return wanting.includes('background') ? 'background' : 'person';
  }

  peek<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    if (isOwn(name)) return this.#believed(name);
    return this.#cut(name, this.#options.shared.peek(name));
  }

  find<Name extends CatalogListName>(name: Name, asOf: number): ListSnapshot<CatalogRows[Name]> | undefined {
    if (isOwn(name)) return [this.#believed(name)].find((snapshot) => snapshot?.asOf === asOf);
    return this.#cut(name, this.#options.shared.find(name, asOf));
  }

  watch(watcher: () => void): () => void {
    const unwatch = [this.#options.shared.watch(watcher), this.#options.own.watch(watcher)];
    return () => {
      for (const stop of unwatch) stop();
    };
  }

  pages(name: CatalogListName, maxAgeMs?: number): number {
    return this.readings(name, maxAgeMs).reduce((sum, { calls }) => sum + calls, 0);
  }

  readings(name: CatalogListName, maxAgeMs?: number): readonly ListReading[] {
    const { own, shared } = this.#options;
    if (isReference(name)) return own.readings(name);
    const missing = partsOf(name).filter((part) => !this.#isFresh(shared.peek(part), maxAgeMs));
    return [
      ...(this.#collections() === undefined ? own.readings('allCollections') : []),
      ...missing.flatMap((part) => shared.readings(part)),
    ];
  }

  /**
   * The caller's own list comes first: whose credential Mode refuses has no scan made.
   *
   * @throws {UpstreamError}
   */
  async refresh(name: CatalogListName, call: CallContext, options: RefreshOptions = {}): Promise<boolean> {
    const { own, shared } = this.#options;
    if (isReference(name)) return own.refresh(name, call, options);
    if (name === 'members') throw new UpstreamForbiddenError({ api: 'DISCOVERY', endpoint: '/members' });
    if (this.#collections() === undefined) await own.refresh('allCollections', call);
    for (const part of partsOf(name)) {
      if (this.#isFresh(shared.peek(part), options.maxAgeMs)) continue;
      if (!(await shared.refresh(part, call, options))) return false;
    }
    return true;
  }

  refreshIfStale(name: CatalogListName): void {
    const { own, shared } = this.#options;
    if (isReference(name)) own.refreshIfStale(name);
    else {
      own.refreshIfStale('allCollections');
      for (const part of partsOf(name)) shared.refreshIfStale(part);
    }
  }

  /** Counts what the caller may see. How far a reading has come would tell of the rest. */
  status(): ListStatus[] {
    return CATALOG_LISTS.filter((name) => name !== 'members').map((name) => {
      const snapshot = this.peek(name) as Snapshot | undefined;
      const reading = this.readingFor(name) === undefined ? null : { rows: 0, total: null };
      return { name, asOf: snapshot?.asOf ?? null, rows: snapshot?.rows.length ?? 0, reading };
    });
  }

  #collections(): ListSnapshot<CatalogRows['allCollections']> | undefined {
    return this.#believed('allCollections');
  }

  /** One of the caller's own lists, unless it is too old to go by. */
  #believed<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    const snapshot = this.#options.own.peek(name);
    return this.#isFresh(snapshot, this.#options.believedMs) ? snapshot : undefined;
  }

  #isFresh(snapshot: ListSnapshot<unknown> | undefined, maxAgeMs = Infinity): boolean {
    return snapshot !== undefined && maxAgeMs > 0 && this.#options.clock.now() - snapshot.asOf <= maxAgeMs;
  }

  #cut<Name extends CatalogListName>(
    name: Name,
    snapshot: ListSnapshot<CatalogRows[Name]> | undefined,
  ): ListSnapshot<CatalogRows[Name]> | undefined {
    const collections = this.#collections();
    if (name === 'members' || !snapshot || !collections) return undefined;
    const by: Sight = { collections, reports: name === 'stats' ? this.#options.shared.peek('reports') : undefined };
    if (name === 'stats' && !by.reports) return undefined;
    const known = this.#cuts.get(snapshot);
    if (known?.by.collections === by.collections && known.by.reports === by.reports) {
      return known.cut as ListSnapshot<CatalogRows[Name]>;
    }
    const cut = onlyRows(snapshot, (row) => isSeen(row, by));
    this.#cuts.set(snapshot, { by, cut });
    return cut;
  }
}

/** The lists that are needed to show one of them. Statistics name their report, but no collection. */
function partsOf(name: CatalogListName): readonly CatalogListName[] {
  return name === 'stats' ? ['reports', 'stats'] : [name];
}

function isSeen(row: CatalogRows[CatalogListName], { collections, reports }: Sight): boolean {
  switch (row.kind) {
    case 'Collection':
      return collections.byKey.has(row.token);
    case 'ReportStats': {
      const report = reports?.byKey.get(row.reportToken);
      return report !== undefined && isIn(report.collectionToken, collections);
    }
    case 'Report':
    case 'ReportQuery':
    case 'Chart':
      return isIn(row.collectionToken, collections);
    default:
      return false;
  }
}

function isIn(collectionToken: string | null, collections: Snapshot): boolean {
  return collectionToken !== null && collections.byKey.has(collectionToken);
}

/** Tells a list of REST's without narrowing the type of its name, which the compiler could then not follow. */
function isOwn(name: CatalogListName): boolean {
  return isReference(name);
}
