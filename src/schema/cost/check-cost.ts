import type { Forecast } from '../../loading/forecast.ts';
import { knownSizes, LEAST, USUAL, type Guess } from '../../loading/known-sizes.ts';
import { lazily } from '../../loading/things.ts';
import { OperationTooCostlyError } from '../../throttle/operation-too-costly-error.ts';
import type { GatewayContext } from '../context.ts';
import { countNodes } from './count-nodes.ts';
import { needsOf } from './needs.ts';
import { readQuestion, type Asked, type Question } from './question.ts';

export interface CostLimits {
  /** Things in the answer, were every page full. */
  readonly nodes: number;
  /** Calls to Mode. */
  readonly calls: number;
}

/** What a question is weighed with. */
export type Scales = Pick<GatewayContext, 'operation' | 'limits'>;

/**
 * What is wrong with the cost of a question, before it is answered; undefined when it fits. By the values of its
 * variables, so it must be asked anew each time.
 */
export function excessiveCost(asked: Asked, scales: Scales, limits: CostLimits): OperationTooCostlyError | undefined {
  const question = readQuestion(asked);
  return question && refusalOf(question, scales, limits);
}

/**
 * Whether it is asked or explained, a question meets the same refusal.
 *
 * @param expected what it is expected to cost, as closely as can be told
 */
export function refusalOf(
  question: Question,
  scales: Scales,
  limits: CostLimits,
  expected = lazily(() => forecastOf(question, scales)),
): OperationTooCostlyError | undefined {
  const nodes = countNodes(question, scales.limits);
  if (nodes > limits.nodes) return tooManyNodes(nodes, limits.nodes);
  const fits = ({ certainCalls }: Forecast): boolean => certainCalls <= limits.calls;
  // Most questions fit were every page full, and to know that takes no look at what the catalog holds.
  if (fits(forecastOf(question, scales, 'full')) || fits(expected())) return undefined;
  if (fits(forecastOf(question, scales, LEAST))) return undefined;
  return tooManyCalls(expected(), limits.calls);
}

/** @param guess of what nobody has counted; `full`: every page is taken for full */
export function forecastOf(question: Question, { operation, limits }: Scales, guess: Guess | 'full' = USUAL): Forecast {
  const { recall, workspace } = operation;
  const ground = { workspace, limits, recall, sizes: knownSizes(recall), guess: guess === 'full' ? undefined : guess };
  return operation.forecast(needsOf(question, ground));
}

function tooManyNodes(found: number, limit: number): OperationTooCostlyError {
  const counted = Math.min(found, Number.MAX_SAFE_INTEGER);
  return new OperationTooCostlyError(
    'nodes',
    limit,
    counted,
    `The answer could hold ${counted} objects, and one may hold ${limit}: page sizes of lists inside lists multiply. ` +
      'Ask for smaller pages (`first`), or for fewer lists inside lists; a list without `first` counts a whole page.',
  );
}

function tooManyCalls({ calls, steps }: Forecast, limit: number): OperationTooCostlyError {
  const [costliest] = steps;
  const most = costliest
    ? ` ${costliest.calls} of them are to ${costliest.source === 'REST' ? 'read' : 'list'} ${costliest.what}.`
    : '';
  return new OperationTooCostlyError(
    'calls',
    limit,
    calls,
    `This is expected to take ${calls} calls to Mode, and a question may take ${limit}.${most} ` +
      'Ask for smaller pages (`first`), for fewer lists inside lists, or without fields that only REST knows; ' +
      'with Discovery and without `Cache-Control: no-cache`, lists cost a call for every 1,000 rows, and nothing once the catalog holds them.',
    { estimatedCalls: calls, steps: steps.filter((step) => step.calls > 0).slice(0, 5) },
  );
}
