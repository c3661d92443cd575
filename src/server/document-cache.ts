import type { DocumentNode } from 'graphql';

/** What a parsed token takes in memory, as measured. */
const BYTES_A_TOKEN = 500;

/**
 * Parsed documents by their text, so that a question asked again is not parsed again. Bounded by what it takes
 * in memory: Yoga's own counts documents, and a thousand large ones, all different, would fill a gigabyte.
 */
export class DocumentCache {
  readonly #documents = new Map<string, { readonly document: DocumentNode; readonly bytes: number }>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get size(): number {
    return this.#documents.size;
  }

  get(text: string): DocumentNode | undefined {
    const known = this.#documents.get(text);
    if (!known) return undefined;
    // Asked for last, forgotten last.
    this.#documents.delete(text);
    this.#documents.set(text, known);
    return known.document;
  }

  set(text: string, document: DocumentNode): void {
    if (this.#documents.has(text)) return;
    // Once as the key, once as the source that its errors quote.
    const bytes = 2 * text.length + BYTES_A_TOKEN * (document.tokenCount ?? text.length);
    if (bytes > this.#mostBytes) return;
    this.#documents.set(text, { document, bytes });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#documents) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#documents.delete(oldest);
      this.#bytes -= freed;
    }
  }
}
