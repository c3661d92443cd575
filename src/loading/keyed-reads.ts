/**
 * Reads of one kind, one call for each distinct key, that live as long as one operation. Mode has no call
 * for several keys, so nothing is gathered here: each value is there as soon as its own call is answered.
 *
 * A key that fails fails alone. What failed is forgotten with the operation.
 */
export class KeyedReads<Key, Value> {
  readonly #read: (key: Key) => Promise<Value>;
  readonly #toText: (key: Key) => string;
  readonly #values = new Map<string, Promise<Value>>();

  /** @param toText names a key; two keys of the same text are one */
  constructor(read: (key: Key) => Promise<Value>, toText: (key: Key) => string) {
    this.#read = read;
    this.#toText = toText;
  }

  load(key: Key): Promise<Value> {
    const text = this.#toText(key);
    let value = this.#values.get(text);
    if (!value) this.#values.set(text, (value = this.#read(key)));
    return value;
  }

  /** Whether it has been read, or is being read. */
  has(key: Key): boolean {
    return this.#values.has(this.#toText(key));
  }

  /** Has a value that came with a list, unless the key was read by itself already. */
  prime(key: Key, value: Value): void {
    const text = this.#toText(key);
    if (!this.#values.has(text)) this.#values.set(text, Promise.resolve(value));
  }
}
