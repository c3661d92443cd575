import type { ForecastStep } from '../../loading/forecast.ts';
import type { ErrorCode } from '../../throttle/coded-error.ts';
import { forecastOf, refusalOf, type CostLimits, type Scales } from './check-cost.ts';
import { countNodes } from './count-nodes.ts';
import type { Question } from './question.ts';

/** What a question would cost if it were asked now, as `extensions.explain` says it. */
export interface Explanation {
  /** Calls to Mode. */
  readonly estimatedCalls: number;
  readonly calls: { readonly rest: number; readonly discovery: number };
  /** How long these calls take by the rate limit as it stands, one decimal. How long Mode takes is not in it. */
  readonly estimatedSeconds: number;
  /** Part of the estimate rests on what nobody has counted. */
  readonly guessed: boolean;
  /** Costliest first; those that cost nothing too. */
  readonly steps: readonly ForecastStep[];
  /** The most objects that the answer could hold, by page sizes. */
  readonly objects: number;
  /** What one question may come to. */
  readonly limits: { readonly calls: number; readonly objects: number; readonly seconds: number };
  /** The error that the question would meet for its cost. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string } | null;
}

/**
 * Explains a question. Makes no call and answers nothing.
 *
 * @param limits with `seconds`, how long the question may take
 */
export function explain(
  question: Question,
  scales: Scales,
  limits: CostLimits & { readonly seconds: number },
): Explanation {
  const expected = forecastOf(question, scales);
  const refusal = refusalOf(question, scales, limits, () => expected);
  const calls = { rest: whole(expected.rest), discovery: whole(expected.calls - expected.rest) };
  return {
    estimatedCalls: whole(expected.calls),
    calls,
    estimatedSeconds: Math.round(scales.operation.secondsFor(calls) * 10) / 10,
    guessed: expected.isGuess,
    steps: expected.steps
      .map(({ what, how, source, keys, calls }) => ({ what, how, source, keys: whole(keys), calls: whole(calls) }))
      .filter(({ keys }) => keys > 0),
    objects: whole(countNodes(question, scales.limits)),
    limits: { calls: limits.calls, objects: limits.nodes, seconds: limits.seconds },
    refusal: refusal ? { code: refusal.code, message: refusal.message } : null,
  };
}

/** JSON has no number for what is beyond all counting. */
function whole(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}
