import type { Calls, Step } from './upstream.ts';

/** What `extensions.explain` of an answer says: what a question would cost. */
export interface Explanation {
  readonly estimatedCalls: number;
  readonly calls: Calls;
  readonly estimatedSeconds: number;
  /** Part of it rests on the size of a workspace that nobody has counted. */
  readonly guessed: boolean;
  /** The costliest first. */
  readonly steps: readonly Step[];
  /** The most that the answer could hold. */
  readonly objects: number;
  readonly limits: { readonly calls: number; readonly objects: number; readonly seconds: number };
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** @returns undefined when there is none: the question cannot be, or the gateway does not explain */
export function readExplanation(answer: unknown): Explanation | undefined {
  return (answer as { extensions?: { explain?: Explanation } } | null)?.extensions?.explain;
}
