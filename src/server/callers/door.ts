import type { Premises } from '../../loading/operation.ts';
import type { Caller } from '../../throttle/lane.ts';
import type { Refusal } from '../refusal.ts';

/** Somebody who may ask. */
export interface Admitted {
  readonly caller: Caller;
  /** What answers them: everybody's, or that of their own credential. */
  readonly premises: Premises;
}

export type Admission = Admitted | { readonly refusal: Refusal };

/** Says who a request comes from, and whether they may ask. */
export interface Door {
  /** What the explorer tells its user to put into its headers editor, as JSON; undefined when anybody may ask. */
  readonly headersHint: string | undefined;
  /** Never throws. Anything a request holds may be forged. */
  admit(headers: Headers, signal: AbortSignal): Admission | Promise<Admission>;
}
