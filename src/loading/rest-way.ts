import type { Offer } from './plan.ts';
import type { Things } from './things.ts';

/** What a batch of a loader will be asked for. */
export interface Keys extends Things {
  readonly count: number;
  /** Rows of its lists that will be shown. */
  readonly shown: () => Things;
  /** How many of the others were not read before; takes them for read. */
  takeOthers(): number;
}

export interface RestWay extends Offer {
  /** Rests on how large the workspace is, which nobody has counted. @default false */
  readonly isUncounted?: boolean;
  /** Takes its calls for made. */
  take(): Taken;
}

/** What a way comes to. */
export interface Taken {
  /** Beside those made before. */
  readonly calls: number;
  /** Rests on something that nobody has counted. */
  readonly isGuess: boolean;
}
