/** A batch that has not been closed yet. */
export interface OpenBatch {
  /** Texts and keys of all that is in it. */
  readonly keys: ReadonlyMap<string, unknown>;
  /** Closes it now: what it waits for is being read. */
  closeNow(): void;
}

/**
 * What all operations wait for at this moment, by the kind of key and the facts wanted of each. A plan is
 * chosen for all of it: eight people who wait for one report each are cheaper served by five pages of a scan.
 */
export class Demand {
  readonly #open = new Map<string, Set<OpenBatch>>();
  /** Keys of closed batches whose values have not come yet, by kind and text, and for how many. */
  readonly #reading = new Map<string, number>();

  add(kind: string, batch: OpenBatch): void {
    const batches = this.#open.get(kind);
    if (batches) batches.add(batch);
    else this.#open.set(kind, new Set([batch]));
  }

  remove(kind: string, batch: OpenBatch): void {
    const batches = this.#open.get(kind);
    batches?.delete(batch);
    if (batches?.size === 0) this.#open.delete(kind);
  }

  /** Every key that is waited for, those of `batch` among them, each once. */
  with(kind: string, batch: Pick<OpenBatch, 'keys'>): Map<string, unknown> {
    const all = new Map(batch.keys);
    for (const other of this.#open.get(kind) ?? []) for (const [text, key] of other.keys) all.set(text, key);
    return all;
  }

  /** A key of a closed batch is being read until `value` is there, or has failed. */
  reads(kind: string, text: string, value: Promise<unknown>): void {
    const name = `${kind} ${text}`;
    this.#reading.set(name, (this.#reading.get(name) ?? 0) + 1);
    const end = (): void => {
      const left = (this.#reading.get(name) ?? 1) - 1;
      if (left > 0) this.#reading.set(name, left);
      else this.#reading.delete(name);
    };
    value.then(end, end);
  }

  /** Whether all of its keys are being read at this moment. */
  isBeingRead(kind: string, { keys }: Pick<OpenBatch, 'keys'>): boolean {
    for (const text of keys.keys()) if (!this.#reading.has(`${kind} ${text}`)) return false;
    return true;
  }

  /** Whether another operation waits for all of its keys already. */
  covers(kind: string, batch: OpenBatch): boolean {
    return [...(this.#open.get(kind) ?? [])].some((other) => other !== batch && isWithin(batch, other));
  }

  /** Other batches that wait for nothing but some of its keys. */
  within(kind: string, batch: OpenBatch): OpenBatch[] {
    return [...(this.#open.get(kind) ?? [])].filter((other) => other !== batch && isWithin(other, batch));
  }

  /** Batches that are open, and keys that are being read; for tests of what is left behind. */
  get size(): number {
    let size = this.#reading.size;
    for (const batches of this.#open.values()) size += batches.size;
    return size;
  }
}

function isWithin({ keys }: OpenBatch, { keys: all }: OpenBatch): boolean {
  if (keys.size > all.size) return false;
  for (const text of keys.keys()) if (!all.has(text)) return false;
  return true;
}
