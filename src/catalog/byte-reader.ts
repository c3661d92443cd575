/** Takes lines and sections of a known length out of bytes that come in pieces of any; a piece need only last until the next. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #piece: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** With the line feed that ends it; undefined when none comes within so many bytes. */
  async line(most: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    for (let length = 0; length <= most;) {
      if (this.#piece.length === 0 && !(await this.#more())) return undefined;
      const end = this.#piece.indexOf(0x0a);
      const part = this.#take(end < 0 ? this.#piece.length : end + 1);
      // What they lie in may be used again for the next piece.
      parts.push(Buffer.from(part));
      length += part.length;
      if (end >= 0) return length <= most ? Buffer.concat(parts) : undefined;
    }
    return undefined;
  }

  /** In memory of their own; undefined when there are not so many. */
  async bytes(length: number): Promise<Buffer | undefined> {
    const bytes = Buffer.from(new ArrayBuffer(length));
    for (let at = 0; at < length;) {
      if (this.#piece.length === 0 && !(await this.#more())) return undefined;
      at += this.#take(Math.min(this.#piece.length, length - at)).copy(bytes, at);
    }
    return bytes;
  }

  async isAtEnd(): Promise<boolean> {
    return this.#piece.length === 0 && !(await this.#more());
  }

  /** To be done in the end, whatever was read: there may be a file behind it. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #take(length: number): Buffer {
    const part = this.#piece.subarray(0, length);
    this.#piece = this.#piece.subarray(length);
    return part;
  }

  /** False at the end; a piece may be empty. */
  async #more(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return false;
      this.#piece = next.value;
    }
    return true;
  }
}
