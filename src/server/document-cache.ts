import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** What a parsed token takes in memory, as measured. */
const BYTES_A_TOKEN = 500;

/** Of the memory, what the texts may take that were asked once. */
const PART_OF_TEXTS = 1 / 16;

/** What a text takes beside its characters. */
const BYTES_A_TEXT = 200;

/** The text once as the key, once as the source that its errors quote. */
export const bytesOf = (document: DocumentNode, text: string): number =>
  2 * text.length + BYTES_A_TOKEN * (document.tokenCount ?? text.length) + 1;

/**
 * Parsed documents by their text, so that a question asked again is not parsed again. Bounded by what it takes
 * in memory: Yoga's own counts documents, and a thousand large ones, all different, would fill a gigabyte.
 *
 * A document is kept from the second time its text is asked; of the first, the text alone is. Questions that differ each
 * time, with values written into their text, so neither fill the memory nor drive out those that are asked again and again.
 */
export class DocumentCache {
  readonly #askedOnce: LRUCache<string, true>;
  readonly #documents: LRUCache<string, DocumentNode>;

  constructor(mostBytes: number) {
    this.#askedOnce = new LRUCache({
      maxSize: Math.ceil(mostBytes * PART_OF_TEXTS),
      sizeCalculation: (_, text) => 2 * text.length + BYTES_A_TEXT,
    });
    this.#documents = new LRUCache({
      maxSize: Math.ceil(mostBytes * (1 - PART_OF_TEXTS)),
      sizeCalculation: bytesOf,
    });
  }

  /** How many documents are kept. */
  get size(): number {
    return this.#documents.size;
  }

  get(text: string): DocumentNode | undefined {
    return this.#documents.get(text);
  }

  /** To be told of each that had to be parsed. */
  set(text: string, document: DocumentNode): void {
    if (this.#askedOnce.delete(text)) this.#documents.set(text, document);
    else this.#askedOnce.set(text, true);
  }
}
