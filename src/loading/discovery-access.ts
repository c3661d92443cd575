import type { CatalogView, ListReading } from '../catalog/catalog-view.ts';
import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { CatalogListName, CatalogRows, ReferenceName } from '../catalog/catalog-lists.ts';
import type { DiscoveryListName } from '../mode/discovery-client.ts';
import type { CallContext } from '../mode/call-context.ts';
import { DeadlineError } from '../mode/errors/deadline-error.ts';
import { BudgetExhaustedError } from '../throttle/budget-exhausted-error.ts';
import type { Clock } from '../throttle/clock.ts';
import { CodedError } from '../throttle/coded-error.ts';
import { OperationTooCostlyError } from '../throttle/operation-too-costly-error.ts';
import type { BillKeeper } from './bill.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { Pins } from './parts.ts';
import type { Offer, Source } from './plan.ts';

export interface DiscoveryAccessOptions {
  readonly catalog: CatalogView;
  readonly clock: Clock;
  readonly call: CallContext;
  readonly bill: BillKeeper;
  /** How old a snapshot may be, in milliseconds; undefined when the caller does not mind. */
  readonly maxAgeMs: number | undefined;
}

/**
 * Discovery as one operation sees it: which lists it holds or could read, and at what cost. A list is
 * pinned when it is first used, so that one answer is cut from one snapshot of it.
 */
export class DiscoveryAccess {
  readonly #options: DiscoveryAccessOptions;
  readonly #pinned = new Map<CatalogListName, ListSnapshot<CatalogRows[CatalogListName]>>();
  readonly #reads = new Map<DiscoveryListName, Promise<boolean>>();
  readonly #failed = new Set<DiscoveryListName>();
  #hasRead = false;

  constructor(options: DiscoveryAccessOptions) {
    this.#options = options;
  }

  /** The caller wants it live: `Cache-Control: no-cache`. */
  get live(): boolean {
    return this.#options.maxAgeMs === 0;
  }

  /** Whether the workspace has Discovery at all. */
  get available(): boolean {
    return this.#options.catalog.available;
  }

  /** When each list that this operation goes by was read; undefined once it has had one read, or waited for one. */
  get heldLists(): ReadonlyMap<CatalogListName, number> | undefined {
    if (this.#hasRead) return undefined;
    return new Map([...this.#pinned].map(([name, { asOf }]) => [name, asOf]));
  }

  /** Equal for operations to which the same snapshots will do. */
  get freshness(): string {
    return String(this.#options.maxAgeMs);
  }

  /**
   * Goes on with the snapshots an earlier page was cut from, if the catalog still has them: rows that
   * were renamed since would else repeat or vanish between the pages. The first page to ask decides.
   */
  pin(pins: Pins): void {
    for (const [name, asOf] of Object.entries(pins) as [CatalogListName, number][]) {
      const snapshot = this.#pinned.has(name) ? undefined : this.#options.catalog.find(name, asOf);
      if (snapshot && this.#isFreshEnough(snapshot)) this.#pinned.set(name, snapshot);
    }
  }

  /** Whether this operation goes on with a snapshot that a cursor named, or has used one already. */
  isPinned(name: CatalogListName): boolean {
    return this.#pinned.has(name);
  }

  #isFreshEnough(snapshot: ListSnapshot<unknown>): boolean {
    const { clock, maxAgeMs } = this.#options;
    if (maxAgeMs === undefined) return true;
    return maxAgeMs > 0 && clock.now() - snapshot.asOf <= maxAgeMs;
  }

  /** The list as this operation may use it without a call. */
  held<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    const pinned = this.#pinned.get(name) as ListSnapshot<CatalogRows[Name]> | undefined;
    if (pinned) return pinned;
    const snapshot = this.#options.catalog.peek(name);
    return snapshot && this.#isFreshEnough(snapshot) ? snapshot : undefined;
  }

  /** The list however old, for guessing at sizes; never for answering. */
  hint<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    return this.#options.catalog.peek(name);
  }

  /** What the list would cost now; undefined when it cannot be had. */
  offer(source: Source, name: DiscoveryListName): Offer | undefined {
    if (this.held(name)) return { source, how: 'snapshot', scope: 'all', calls: 0 };
    const calls = this.readings(name)?.reduce((sum, reading) => sum + reading.calls, 0);
    return calls === undefined ? undefined : { source, how: 'scan', scope: 'all', calls };
  }

  /** What has to be read before a list that is not held can be used; undefined when it cannot be had. */
  readings(name: DiscoveryListName): readonly ListReading[] | undefined {
    const { catalog, maxAgeMs } = this.#options;
    if (!catalog.canRead(name) || this.#failed.has(name)) return undefined;
    // What is being read for somebody costs nothing more. What is being read behind everybody comes late, and
    // waiting for it is worth no more than reading it: a small question rather makes its own call.
    return catalog.readingFor(name) === 'person' ? [] : catalog.readings(name, maxAgeMs);
  }

  /** The list, if it is held: from now on this operation goes by it. */
  use<Name extends CatalogListName>(name: Name): ListSnapshot<CatalogRows[Name]> | undefined {
    const held = this.held(name);
    if (!held) return undefined;
    this.#pinned.set(name, held);
    this.#options.catalog.refreshIfStale(name);
    return held;
  }

  /**
   * The list, read if it must be. Undefined when Discovery would not or could not: it is then no longer on
   * offer to this operation. Undefined too when it turned out longer than `worth` calls: what it costs is
   * known from then on.
   */
  async read<Name extends DiscoveryListName>(
    name: Name,
    worth: number,
  ): Promise<ListSnapshot<CatalogRows[Name]> | undefined> {
    const { catalog, maxAgeMs } = this.#options;
    const held = this.use(name);
    if (held) return held;
    while (!(await this.#readOnce(name, worth))) {
      // Somebody else's reading may have been given up for being too long for them; not for us.
      if (this.#failed.has(name) || catalog.pages(name, maxAgeMs) - 1 > worth) return undefined;
    }
    return this.held(name);
  }

  /**
   * One of the lists kept from REST. Without a catalog it is read for this operation alone, by `directly`.
   *
   * @throws {UpstreamError} when it must be read and cannot be
   */
  reference<Name extends ReferenceName>(
    name: Name,
    directly: () => Promise<readonly CatalogRows[Name][]>,
  ): MaybePromise<readonly CatalogRows[Name][]> {
    const { catalog, bill } = this.#options;
    if (!catalog.available) return directly();
    const held = this.use(name);
    if (!held) return this.#readReference(name);
    bill.usedSnapshot(held.asOf);
    return held.rows;
  }

  async #readReference<Name extends ReferenceName>(name: Name): Promise<readonly CatalogRows[Name][]> {
    await this.#readAnew(name);
    const snapshot = this.#options.catalog.peek(name);
    if (snapshot) this.#pinned.set(name, snapshot);
    return snapshot?.rows ?? [];
  }

  #readAnew(name: CatalogListName, accept?: (pages: number) => boolean): Promise<boolean> {
    const { catalog, call, maxAgeMs } = this.#options;
    this.#hasRead = true;
    return catalog.refresh(name, call, { ...(accept && { accept }), maxAgeMs });
  }

  /** The reading under way, or a new one: at any time this operation has one of each list. */
  #readOnce(name: DiscoveryListName, worth: number): Promise<boolean> {
    const underWay = this.#reads.get(name);
    if (underWay) return underWay;
    const reading = this.#refresh(name, worth).finally(() => this.#reads.delete(name));
    this.#reads.set(name, reading);
    return reading;
  }

  async #refresh(name: DiscoveryListName, worth: number): Promise<boolean> {
    const { catalog, call, bill } = this.#options;
    try {
      // The first page is paid for either way.
      const accept = (pages: number): boolean => pages - 1 <= worth;
      if (!(await this.#readAnew(name, accept))) return false;
      const fresh = catalog.peek(name);
      if (fresh) this.#pinned.set(name, fresh);
      return true;
    } catch (error) {
      call.signal?.throwIfAborted();
      // Asking REST instead would take longer, and more calls, still.
      if (!(error instanceof CodedError) || isTooMuch(error)) throw error;
      bill.note({ code: error.code, message: `Discovery could not be read: ${error.message} REST is asked instead.` });
    }
    this.#failed.add(name);
    return false;
  }
}

function isTooMuch(error: CodedError): boolean {
  return (
    error instanceof BudgetExhaustedError || error instanceof DeadlineError || error instanceof OperationTooCostlyError
  );
}
