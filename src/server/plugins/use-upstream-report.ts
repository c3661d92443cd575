import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Premises } from '../../loading/operation.ts';
import { readRateLimit } from '../../schema/rate-limit.ts';
import { BudgetExhaustedError } from '../../throttle/budget-exhausted-error.ts';
import { RateLimitedError } from '../../throttle/rate-limited-error.ts';
import { rootCause } from '../mask-error.ts';
import type { GatewayContext } from '../../schema/context.ts';

/**
 * Closes the operation when it is answered, puts its bill into the answer, as `extensions.upstream`, and says with
 * `Retry-After` when it makes sense to ask for what there was no budget for.
 */
export function useUpstreamReport({ throttles, clock }: Premises): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return;
          const { operation } = args.contextValue as GatewayContext;
          const { resetsAt, ...rateLimit } = readRateLimit(throttles.rest.state(), clock.now());
          const upstream = {
            ...operation.bill(),
            rateLimit: { ...rateLimit, resetsAt: resetsAt.toISOString() },
          };
          operation.close();
          const seconds = retryAfter(result);
          const http = seconds === undefined ? {} : { http: { headers: { 'retry-after': String(seconds) } } };
          setResult({ ...result, extensions: { ...result.extensions, upstream, ...http } });
        },
      };
    },
  };
}

/** Whole seconds after which all that was refused for budget may be asked again; undefined when nothing was. */
function retryAfter({ errors = [] }: ExecutionResult): number | undefined {
  const seconds = errors.flatMap(({ originalError }) => {
    const cause = rootCause(originalError);
    return cause instanceof BudgetExhaustedError || cause instanceof RateLimitedError ? cause.retryAfter : [];
  });
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}
