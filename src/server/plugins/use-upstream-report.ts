import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Premises } from '../../loading/operation.ts';
import { readRateLimit } from '../../schema/rate-limit.ts';
import type { GatewayContext } from '../../schema/context.ts';

/** What a caller who asks again earlier would be told again. */
const WANTS_ANOTHER_TIME = new Set(['UPSTREAM_BUDGET_EXHAUSTED', 'UPSTREAM_RATE_LIMITED']);

/**
 * Puts the operation's bill into every answer that was executed, as `extensions.upstream`, and says with
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
  const seconds = errors
    .filter(({ extensions }) => WANTS_ANOTHER_TIME.has(String(extensions.code)))
    .map(({ extensions }) => Number(extensions.retryAfter));
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}
