/** A batch that has not been closed yet. */
export interface OpenBatch {
  /** Texts and keys of all that is in it. */
  readonly keys: ReadonlyMap<string, unknown>;
}

/**
 * What all operations wait for at this moment, by the kind of key and the facts wanted of each. A plan is
 * chosen for all of it: eight people who wait for one report each are cheaper served by five pages of a scan.
 */
export class Demand {
  readonly #open = new Map<string, Set<OpenBatch>>();

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
  with(kind: string, batch: OpenBatch): Map<string, unknown> {
    const all = new Map(batch.keys);
    for (const other of this.#open.get(kind) ?? []) for (const [text, key] of other.keys) all.set(text, key);
    return all;
  }

  /** Batches that are open; for tests of what is left behind. */
  get size(): number {
    let size = 0;
    for (const batches of this.#open.values()) size += batches.size;
    return size;
  }
}
