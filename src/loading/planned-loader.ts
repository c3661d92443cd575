import DataLoader from 'dataloader';
import type { PlannedStep } from './bill.ts';
import { carryOut, carryOutHeld, lookAhead, type CarriedOut, type PlanRequest } from './carry-out.ts';
import type { OpenBatch } from './demand.ts';
import type { LateBatch } from './late-batches.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { LoadingParts } from './parts.ts';
import { signature, type Wanted } from './wanted.ts';

export interface PlannedLoaderOptions<Key, Value> {
  /** Tells its batches from those of other loaders, across operations. */
  readonly name: string;
  /** Names a key; two keys of the same text are one. */
  toText(key: Key): string;
  /** What a batch of keys asks of the plan. Asked again whenever the batch has grown: it must read nothing. */
  request(keys: readonly Key[], wanted: readonly Wanted[]): PlanRequest;
  /** Answers each key by itself, by a plan whose Discovery steps have been taken; at once, when it can. */
  answer(run: CarriedOut): (key: Key) => MaybePromise<Value>;
}

/**
 * A loader whose batches are planned: keys of one want together, keys of different wants apart, for one
 * report whose layout is asked must not drag a hundred others, of which the catalog knows all that is
 * asked, to REST. Its batches close late (`LateBatches`), and their plan counts what other operations wait
 * for at that moment (`Demand`).
 *
 * Each key is answered as soon as its own call is, and one that fails fails alone.
 */
export function plannedLoader<Key, Value>(
  options: PlannedLoaderOptions<Key, Value>,
  parts: LoadingParts,
): (key: Key, wanted: Wanted) => MaybePromise<Value> {
  const loaders = new Map<string, WantLoader<Key, Value>>();
  return (key, wanted) => {
    const text = signature(wanted);
    let loader = loaders.get(text);
    if (!loader) loaders.set(text, (loader = new WantLoader(options, parts, wanted, text)));
    return loader.load(key);
  };
}

/** The keys of which the same is wanted. */
class WantLoader<Key, Value> {
  readonly #options: PlannedLoaderOptions<Key, Value>;
  readonly #parts: LoadingParts;
  readonly #wanted: readonly Wanted[];
  readonly #kind: string;
  /** None of them is undefined: what is not there is null. */
  readonly #values = new Map<string, MaybePromise<Value>>();
  /** Gathers; it keeps nothing: a value that is there already must not wait for the batch that is open. */
  readonly #gatherer: DataLoader<Key, Value>;
  #held: { readonly steps: readonly PlannedStep[]; answer(key: Key): MaybePromise<Value> } | undefined;
  #open: (LateBatch & OpenBatch & { readonly keys: Map<string, Key> }) | undefined;

  constructor(options: PlannedLoaderOptions<Key, Value>, parts: LoadingParts, wanted: Wanted, signature: string) {
    this.#options = options;
    this.#parts = parts;
    this.#wanted = [wanted];
    this.#kind = `${options.name} ${signature} ${parts.discovery.freshness}`;
    this.#gatherer = new DataLoader<Key, Value>((keys) => this.#answerBatch(keys), {
      cache: false,
      batchScheduleFn: (dispatch) => this.#openBatch(dispatch),
    });
  }

  load(key: Key): MaybePromise<Value> {
    const text = this.#options.toText(key);
    let value = this.#values.get(text);
    if (value !== undefined) return value;
    value = this.#answerFromHeld(key);
    if (value === undefined) value = this.#gather(key, text);
    this.#values.set(text, value);
    return value;
  }

  #gather(key: Key, text: string): Promise<Value> {
    const value = this.#gatherer.load(key);
    this.#open?.keys.set(text, key);
    if (this.#open) this.#parts.batches.grew(this.#open);
    return value;
  }

  /**
   * Where all that is wanted is held there is no batch to wait for. A plan made once goes for every key that follows:
   * lists that the operation has used stay the same to its end.
   */
  #answerFromHeld(key: Key): MaybePromise<Value> | undefined {
    const { discovery, bill } = this.#parts;
    if (!this.#held) {
      // Keys that wait for a turn were found wanting: one more among them changes nothing.
      if (this.#open) return undefined;
      const run = carryOutHeld(this.#options.request([key], this.#wanted), discovery);
      if (!run) return undefined;
      bill.planned(run.steps);
      for (const asOf of run.asOf) bill.usedSnapshot(asOf);
      this.#held = { steps: run.steps, answer: this.#options.answer(run) };
    } else bill.another(this.#held.steps);
    return this.#held.answer(key);
  }

  #openBatch(dispatch: () => void): void {
    const { demand, batches, discovery } = this.#parts;
    const keys = new Map<string, Key>();
    const batch = {
      keys,
      closeNow: () => {
        batches.closeNow(batch);
      },
      isCovered: () => demand.covers(this.#kind, batch),
      isBeingRead: () => demand.isBeingRead(this.#kind, batch),
      lookAhead: () => lookAhead(this.#demanded(batch), discovery),
      close: () => {
        this.#open = undefined;
        // Reads the demand, of which this batch is still a part.
        dispatch();
        demand.remove(this.#kind, batch);
        // Whoever waits for the same comes along now: by its own turn this would be read, and be read once more.
        for (const other of demand.within(this.#kind, batch)) other.closeNow();
      },
    };
    this.#open = batch;
    demand.add(this.#kind, batch);
    batches.open(batch);
  }

  /** Returns promises where DataLoader expects values: it resolves each key with its own, whenever that is there. */
  #answerBatch(keys: readonly Key[]): Promise<Value[]> {
    const { discovery, bill, demand } = this.#parts;
    const own = this.#options.request(keys, this.#wanted);
    const texts = new Map(keys.map((key) => [this.#options.toText(key), key]));
    const run = carryOut(own, discovery, bill, this.#demanded({ keys: texts })).then((done) =>
      this.#options.answer(done),
    );
    const values = keys.map((key) => run.then((answer) => answer(key)));
    // Whoever asked for the key hears how it ends; nobody else has to, but to know that it is being read.
    keys.forEach((key, place) => {
      const value = values[place];
      if (value) demand.reads(this.#kind, this.#options.toText(key), value);
    });
    return Promise.resolve(values as unknown as Value[]);
  }

  #demanded(batch: Pick<OpenBatch, 'keys'>): PlanRequest {
    const keys = [...this.#parts.demand.with(this.#kind, batch).values()] as Key[];
    return this.#options.request(keys, this.#wanted);
  }
}
