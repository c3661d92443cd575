import { useSyncExternalStore } from 'react';
import { readExplanation, type Explanation } from '../wire/explanation.ts';
import { readUpstream, type RateLimit, type Upstream } from '../wire/upstream.ts';

/** What became of a question, as far as its bill goes. */
export interface Answered {
  /** Of the operation; undefined when it has none. */
  readonly name: string | undefined;
  /** When the answer was here, on this machine's clock, as all times are that are kept here. */
  readonly at: number;
  readonly roundTripMs: number;
  readonly errors: readonly string[];
  readonly upstream: Upstream | undefined;
}

export interface Explained {
  readonly name: string | undefined;
  readonly at: number;
  readonly errors: readonly string[];
  /** Undefined when the question cannot be, or the gateway does not explain. */
  readonly explanation: Explanation | undefined;
}

export interface Limit extends RateLimit {
  /** `resetsAt` on this machine's clock. */
  readonly wholeAgainAt: number;
}

export interface Answers {
  readonly answered: Answered | undefined;
  readonly explained: Explained | undefined;
  /** As the last answer told, of whichever kind. */
  readonly limit: Limit | undefined;
  /** How far the gateway's clock is ahead of this machine's, in milliseconds. */
  readonly skewMs: number;
}

/** An answer that has come in. */
export interface Arrival {
  readonly name: string | undefined;
  readonly askedAt: number;
  readonly at: number;
  /** What the gateway's clock said, from its `Date` header; undefined when it did not say. */
  readonly gatewayTime: number | undefined;
  readonly isExplained: boolean;
  readonly body: unknown;
}

/** `Date` has whole seconds, and the answer was under way for some time: no less than this is a difference of clocks. */
const LEAST_SKEW_MS = 3_000;

let answers: Answers = { answered: undefined, explained: undefined, limit: undefined, skewMs: 0 };
const watchers = new Set<() => void>();

export function take(arrival: Arrival): void {
  answers = after(answers, arrival);
  for (const watcher of watchers) watcher();
}

export function useAnswers(): Answers {
  return useSyncExternalStore(watch, () => answers);
}

/** What is known when an answer has come in. Pure. */
export function after(before: Answers, arrival: Arrival): Answers {
  const { name, at, askedAt, body } = arrival;
  const upstream = readUpstream(body);
  const explanation = readExplanation(body);
  const apart = arrival.gatewayTime === undefined ? 0 : arrival.gatewayTime - at;
  const skewMs = Math.abs(apart) < LEAST_SKEW_MS ? 0 : apart;
  const errors = errorsIn(body);
  const { rateLimit } = upstream ?? {};
  // A gateway that does not explain has answered instead.
  const isAnswer = !arrival.isExplained || (explanation === undefined && upstream !== undefined && !errors.length);
  return {
    answered: isAnswer ? { name, at, roundTripMs: at - askedAt, errors, upstream } : before.answered,
    explained: arrival.isExplained ? { name, at, errors, explanation } : before.explained,
    limit: rateLimit ? { ...rateLimit, wholeAgainAt: Date.parse(rateLimit.resetsAt) - skewMs } : before.limit,
    skewMs,
  };
}

function errorsIn(body: unknown): string[] {
  const { errors } = (body ?? {}) as { errors?: readonly { message?: string }[] };
  return (errors ?? []).map(({ message }) => message ?? 'An error without a message.');
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
