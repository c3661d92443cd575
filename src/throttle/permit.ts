import type { Slot } from './budget.ts';

/** The right to make one attempt. */
export interface Permit {
  /** The answer has begun, or the attempt failed: Mode has counted the call by now. */
  settle(): void;
  /** The attempt is over, its body read: the connection is free. Settles too. */
  release(): void;
  /** The attempt was cut before its answer began: the connection is free, but Mode may still be about to count it. */
  abandon(): void;
  /** No attempt was made: it is as if the permit had never been granted. */
  giveBack(): void;
}

export interface PermitListener {
  settled(): void;
  /** The connection is free. Told once. */
  ended(): void;
}

export function permitFor(slot: Slot, listener: PermitListener): Permit {
  let isSettled = false;
  let isOver = false;
  const settle = (): void => {
    if (isSettled) return;
    isSettled = true;
    slot.settle();
  };
  const end = (before: () => void): void => {
    if (isOver) return;
    isOver = true;
    before();
    listener.ended();
  };
  return {
    settle: () => {
      settle();
      listener.settled();
    },
    release: () => end(settle),
    abandon: () => end(() => undefined),
    giveBack: () => end(() => slot.giveBack()),
  };
}
