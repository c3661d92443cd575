import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** What a parsed token takes in memory, as measured. */
const BYTES_A_TOKEN = 500;

/** Of the memory, what those may take that were asked once. */
const PART_ON_TRIAL = 1 / 4;

/** The text once as the key, once as the source that its errors quote. */
export const bytesOf = (document: DocumentNode, text: string): number =>
  2 * text.length + BYTES_A_TOKEN * (document.tokenCount ?? text.length) + 1;

/**
 * Parsed documents by their text, so that a question asked again is not parsed again. Bounded by what it takes
 * in memory: Yoga's own counts documents, and a thousand large ones, all different, would fill a gigabyte.
 *
 * In two parts, so that questions which differ each time, with values written into their text, neither fill the memory
 * nor drive out those that are asked again and again.
 */
export class DocumentCache {
  readonly #onTrial: LRUCache<string, DocumentNode>;
  readonly #proven: LRUCache<string, DocumentNode>;

  constructor(mostBytes: number) {
    const part = (share: number): LRUCache<string, DocumentNode> =>
      new LRUCache({ maxSize: Math.ceil(mostBytes * share), sizeCalculation: bytesOf });
    this.#onTrial = part(PART_ON_TRIAL);
    this.#proven = part(1 - PART_ON_TRIAL);
  }

  get size(): number {
    return this.#onTrial.size + this.#proven.size;
  }

  get(text: string): DocumentNode | undefined {
    const proven = this.#proven.get(text);
    if (proven) return proven;
    const again = this.#onTrial.peek(text);
    if (!again) return undefined;
    this.#onTrial.delete(text);
    this.#proven.set(text, again);
    return again;
  }

  set(text: string, document: DocumentNode): void {
    // What is too large for a trial would never get through one.
    const isLarge = bytesOf(document, text) > this.#onTrial.maxSize;
    (isLarge ? this.#proven : this.#onTrial).set(text, document);
  }
}
