import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LedgerEntry } from '../ledger.ts';
import type { SimulatorClock } from '../simulator-clock.ts';

/** One call being served: its ledger entry, its waits and its end, whichever side brings that about. */
export class Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: LedgerEntry;
  readonly #clock: SimulatorClock;
  readonly #done: () => void;
  #cancelWait: (() => void) | undefined;
  #over = false;
  #aborted = false;

  /** `done` is called once, when the call stops being served. */
  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    entry: LedgerEntry,
    clock: SimulatorClock,
    done: () => void,
  ) {
    this.request = request;
    this.response = response;
    this.entry = entry;
    this.#clock = clock;
    this.#done = done;
    response.on('close', () => {
      this.#leave();
    });
  }

  /** Whether the client has gone away. */
  get aborted(): boolean {
    return this.#aborted;
  }

  /** Runs `next` after `delayMs` of clock time, or never when the client goes away first. */
  after(delayMs: number, next: () => void): void {
    if (this.#aborted) return;
    if (delayMs <= 0) {
      next();
      return;
    }
    this.#cancelWait = this.#clock.schedule(() => {
      this.#cancelWait = undefined;
      if (!this.#aborted) next();
    }, delayMs);
  }

  /** Closes the books just before the last byte is handed over, so that a client that has its answer finds them closed. */
  settle(status: number): void {
    this.entry.status = status;
    this.#finish();
  }

  /** Drops the connection, on purpose. */
  destroy(): void {
    this.#over = true;
    this.request.socket.destroy();
  }

  #leave(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    if (this.response.writableFinished || (this.#over && this.entry.answeredAt !== undefined)) return;
    this.#aborted = true;
    this.entry.aborted = true;
    this.entry.status = 499;
    this.#finish();
  }

  #finish(): void {
    if (this.entry.answeredAt !== undefined) return;
    this.entry.answeredAt = this.#clock.now();
    this.#done();
  }
}
