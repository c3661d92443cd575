import type { Told } from '../budget.ts';
import type { Message } from './contact.ts';
import type { OwnCalls, Reports } from './own-calls.ts';

/** What Redis has still to be told: what became of slots, and what Mode said. */
export class Outbox {
  readonly #calls: OwnCalls;
  #underWay: Reports | undefined;
  #hasPause = false;
  #told: Told | undefined;

  constructor(calls: OwnCalls) {
    this.#calls = calls;
  }

  addPause(): void {
    this.#hasPause = true;
  }

  /** Mode's lowest count says all that a higher one would. False when a lower one waits already. */
  addTold(told: Told): boolean {
    if (told.remaining >= (this.#told?.remaining ?? Infinity)) return false;
    this.#told = told;
    return true;
  }

  /** @param all Redis may know nothing of us */
  take(now: number, pausedUntil: number, all: boolean): Pick<Message, 'live' | 'reports' | 'gone' | 'pause' | 'told'> {
    const live = this.#calls.live(now);
    const news = (this.#underWay = this.#calls.takeNews());
    const told = this.#told;
    // A pause is told once: told again and again, each time on its way for a moment, it would grow.
    const pause = this.#hasPause || all ? Math.max(0, Math.ceil(pausedUntil - now)) : 0;
    this.#told = undefined;
    this.#hasPause = false;
    return {
      live: all ? live : [],
      reports: this.#calls.aged(news.changed, now),
      gone: [...news.gone],
      pause,
      ...(told && { told: aged(told, now) }),
    };
  }

  heard(): void {
    this.#underWay = undefined;
  }

  /** It may not have arrived. Of Mode's count there will be a newer one by the time that there is a next contact. */
  unheard(): void {
    if (this.#underWay) this.#calls.remind(this.#underWay);
    this.#underWay = undefined;
  }
}

function aged({ remaining, limit, at }: Told, now: number): NonNullable<Message['told']> {
  return { remaining, age: Math.ceil(now - at), ...(limit !== undefined && { limit }) };
}
