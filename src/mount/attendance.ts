import type { Endpoints } from '../server/endpoints.ts';

/** `unready`: tell the probe to send nobody. `stopping`: tell the caller to come back. */
export type Verdict = 'answer' | 'unready' | 'stopping';

/**
 * Who is being answered, for a gateway that owns neither the listener nor the connections: once it is told to stop,
 * those who are in finish, and those who come are told to come back. (`Draining` does the same for a server of our own,
 * and closes its connections besides.)
 */
export class Attendance {
  readonly #endpoints: Endpoints;
  #isOpen = true;
  /** How each of those who are in is sent away. */
  readonly #cuts = new Set<() => void>();
  #onEmpty: (() => void) | undefined;

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
  }

  judge(path: string): Verdict {
    if (this.#isOpen) return 'answer';
    if (path === this.#endpoints.ready) return 'unready';
    // What tells about the process goes on doing so as long as it lives.
    return path === this.#endpoints.health || path === this.#endpoints.metrics ? 'answer' : 'stopping';
  }

  /**
   * Counts somebody in, until the function it returns is called; again does no harm.
   *
   * @param cut sends them away unanswered
   */
  enter(cut: () => void): () => void {
    this.#cuts.add(cut);
    return () => {
      this.#cuts.delete(cut);
      if (this.#cuts.size === 0) this.#onEmpty?.();
    };
  }

  /** Lets nobody in any more, and waits until all are out; cuts those who are not, and says how many. */
  async close(withinMs: number): Promise<number> {
    this.#isOpen = false;
    if (this.#cuts.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#onEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const late = [...this.#cuts];
    for (const cut of late) cut();
    return late.length;
  }

  /** Ends the waiting of `close`, whoever is still in. */
  hurry(): void {
    this.#onEmpty?.();
  }
}
