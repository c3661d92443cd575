import type { CatalogView } from '../catalog/catalog-view.ts';
import type { Deadline } from '../throttle/deadline.ts';
import type { Party } from '../throttle/party.ts';
import type { ReservedPermits } from '../throttle/reserved-permits.ts';
import type { Throttle } from '../throttle/throttle.ts';
import type { BillKeeper } from './bill.ts';
import type { Outlook } from './carry-out.ts';
import type { Source } from './plan.ts';

/** A batch that closes as late as it can without losing time. */
export interface LateBatch {
  /** What it would come to, were it closed now. */
  lookAhead(): Outlook;
  /** Whether somebody else waits for all that is in it already. */
  isCovered(): boolean;
  /** Whether all that is in it is being read for somebody at this moment. */
  isBeingRead(): boolean;
  /** Takes no more keys, and has those it holds answered. */
  close(): void;
}

export interface LateBatchesOptions {
  readonly catalog: CatalogView;
  readonly throttleOf: (source: Source) => Throttle;
  readonly party: Party;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  readonly reserved: ReservedPermits;
  readonly bill: BillKeeper;
  now(): number;
}

/**
 * When an operation's batches close. One that costs no call closes at the end of the tick, as DataLoader's
 * do. One that costs calls closes when the throttle grants it a slot: it would have queued anyway, and keys that
 * come meanwhile are planned with the others. One that more keys could make cheaper waits, before it
 * queues, for readings of its own operation that may bring them; what it lacks in the end it reads by the key.
 */
export class LateBatches {
  readonly #options: LateBatchesOptions;
  readonly #held = new Set<LateBatch>();
  readonly #queued = new Map<LateBatch, AbortController>();
  readonly #closed = new WeakSet<LateBatch>();
  #readings = 0;
  #unwatch: (() => void) | undefined;

  constructor(options: LateBatchesOptions) {
    this.#options = options;
  }

  /** The operation waits for one reading more. */
  readonly readingBegins = (): void => {
    this.#readings++;
  };

  readonly readingEnds = (): void => {
    this.#readings--;
    // In a turn of the loop of its own: what has just been read may be asking for more.
    if (this.#readings === 0 && this.#held.size > 0) setImmediate(() => this.#considerHeld());
  };

  /** Sees to it that the batch is closed in time. */
  open(batch: LateBatch): void {
    // After everything that is asked for in this tick has been.
    void Promise.resolve().then(() => process.nextTick(() => this.#consider(batch)));
  }

  /** The batch holds more keys than it did. */
  grew(batch: LateBatch): void {
    if (this.#held.has(batch)) this.open(batch);
  }

  /** Closes a batch whose keys are being read now, for somebody else. */
  closeNow(batch: LateBatch): void {
    const unqueue = this.#queued.get(batch);
    if (unqueue) unqueue.abort();
    else if (this.#held.delete(batch)) this.#close(batch);
  }

  #considerHeld(): void {
    for (const batch of [...this.#held]) this.#consider(batch);
  }

  #consider(batch: LateBatch): void {
    if (this.#queued.has(batch) || this.#closed.has(batch)) return;
    // It needs no turn of its own, and by the time it had one this would have been read, and be read once more.
    if (batch.isBeingRead()) {
      this.#held.delete(batch);
      this.#close(batch);
      return;
    }
    const { calls, source, gainsFromMore } = outlookOf(batch);
    if (calls > 0 && gainsFromMore && this.#readings > 0 && !this.#options.signal.aborted) {
      this.#held.add(batch);
      this.#watch();
      return;
    }
    this.#held.delete(batch);
    if (calls === 0) this.#close(batch);
    else void this.#queue(batch, this.#options.throttleOf(source));
  }

  async #queue(batch: LateBatch, throttle: Throttle): Promise<void> {
    const { signal, party, deadline, reserved, bill, now } = this.#options;
    const unqueue = new AbortController();
    const onAbort = (): void => unqueue.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    // Where connections are what it waits for, the throttle does not notice that the time is over.
    const unwatch = deadline.watch(() => unqueue.abort());
    this.#queued.set(batch, unqueue);
    this.#watch();
    const askedAt = now();
    try {
      const claim = { signal: unqueue.signal, party, isTentative: batch.isCovered() };
      const permit = await throttle.acquire(claim);
      bill.waited(askedAt, now() - askedAt);
      reserved.put(throttle, permit);
      // Closing makes the calls, and the first of them takes the permit; all of that happens within this tick.
      this.#close(batch);
      setImmediate(() => reserved.release(throttle, permit));
    } catch {
      // It has become free; or there is no time left, or nobody who waits, and then each of its calls fails by
      // itself, at once, and what the catalog knows may still be served.
      this.#close(batch);
    } finally {
      signal.removeEventListener('abort', onAbort);
      unwatch();
    }
  }

  /** What was not to be had without a call may be now. */
  #lookAgain(): void {
    this.#considerHeld();
    for (const [batch, unqueue] of [...this.#queued]) if (outlookOf(batch).calls === 0) unqueue.abort();
  }

  #close(batch: LateBatch): void {
    this.#queued.delete(batch);
    this.#closed.add(batch);
    if (this.#queued.size + this.#held.size === 0) {
      this.#unwatch?.();
      this.#unwatch = undefined;
    }
    batch.close();
  }

  #watch(): void {
    this.#unwatch ??= this.#options.catalog.watch(() => this.#lookAgain());
  }
}

/** What is wrong with a plan is its keys' to tell, once the batch is closed: thrown here, it would end the process. */
function outlookOf(batch: LateBatch): Outlook {
  try {
    return batch.lookAhead();
  } catch {
    return { calls: 0, source: 'REST', gainsFromMore: false };
  }
}
