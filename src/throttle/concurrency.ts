/**
 * How many calls may be under way at once. Mode is said to throttle more than a few connections: a refusal
 * halves the number, and answers without one raise it slowly, up to what is configured.
 */
export interface Concurrency {
  readonly most: number;
  readonly cap: number;
  /** Answers since the cap last changed. */
  readonly answers: number;
}

/** Answers without a refusal that it takes to allow one more connection: about a full window of Mode's. */
const ANSWERS_TO_GROW = 40;

export function concurrencyUpTo(most: number): Concurrency {
  return { most, cap: most, answers: 0 };
}

export function afterAnswer(now: Concurrency): Concurrency {
  if (now.cap === now.most) return now;
  const answers = now.answers + 1;
  return answers < ANSWERS_TO_GROW ? { ...now, answers } : { ...now, cap: now.cap + 1, answers: 0 };
}

export function afterRefusal(now: Concurrency): Concurrency {
  return { ...now, cap: Math.max(1, Math.floor(now.cap / 2)), answers: 0 };
}
