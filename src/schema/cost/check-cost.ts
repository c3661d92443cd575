import type { Forecast } from '../../loading/forecast.ts';
import { LEAST } from '../../loading/known-sizes.ts';
import { OperationTooCostlyError } from '../../throttle/operation-too-costly-error.ts';
import type { GatewayContext } from '../context.ts';
import { countNodes } from './count-nodes.ts';
import { needsOf } from './needs.ts';
import { readQuestion, type Asked } from './question.ts';

export interface CostLimits {
  /** Things in the answer, were every page full. */
  readonly nodes: number;
  /** Calls to Mode. */
  readonly calls: number;
}

/**
 * What is wrong with the cost of a question, before it is answered; undefined when it fits. By the values of its
 * variables, so it must be asked anew each time.
 */
export function excessiveCost(
  asked: Asked,
  { operation, limits: pages }: Pick<GatewayContext, 'operation' | 'limits'>,
  limits: CostLimits,
): OperationTooCostlyError | undefined {
  const question = readQuestion(asked);
  if (!question) return undefined;
  const nodes = countNodes(question, pages);
  if (nodes > limits.nodes) return tooManyNodes(nodes, limits.nodes);
  const sizes = operation.sizes();
  const least = operation.forecast(needsOf(question, pages, sizes, LEAST));
  if (least.certainCalls <= limits.calls) return undefined;
  return tooManyCalls(operation.forecast(needsOf(question, pages, sizes)), limits.calls);
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
    { estimatedCalls: calls, steps: steps.slice(0, 5) },
  );
}
