import type { Permit, Throttle } from './throttle.ts';

/** Permits that an operation holds for calls it is about to make: whichever of its calls comes first takes one. */
export class ReservedPermits {
  readonly #held = new Map<Throttle, Permit[]>();

  put(throttle: Throttle, permit: Permit): void {
    const held = this.#held.get(throttle);
    if (held) held.push(permit);
    else this.#held.set(throttle, [permit]);
  }

  take(throttle: Throttle): Permit | undefined {
    return this.#held.get(throttle)?.shift();
  }

  /** Gives the permit back if no call has taken it. */
  release(throttle: Throttle, permit: Permit): void {
    const held = this.#held.get(throttle) ?? [];
    const place = held.indexOf(permit);
    if (place === -1) return;
    held.splice(place, 1);
    permit.giveBack();
  }
}
