import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** What a parsed token takes in memory, as measured. */
const BYTES_A_TOKEN = 500;

/** The text once as the key, once as the source that its errors quote. */
const bytesOf = (document: DocumentNode, text: string): number =>
  2 * text.length + BYTES_A_TOKEN * (document.tokenCount ?? text.length) + 1;

/**
 * Parsed documents by their text, so that a question asked again is not parsed again. Bounded by what it takes
 * in memory: Yoga's own counts documents, and a thousand large ones, all different, would fill a gigabyte.
 */
export class DocumentCache {
  readonly #documents: LRUCache<string, DocumentNode>;

  constructor(mostBytes: number) {
    this.#documents = new LRUCache({ maxSize: mostBytes, sizeCalculation: bytesOf });
  }

  get size(): number {
    return this.#documents.size;
  }

  get(text: string): DocumentNode | undefined {
    return this.#documents.get(text);
  }

  set(text: string, document: DocumentNode): void {
    this.#documents.set(text, document);
  }
}
