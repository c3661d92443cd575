import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { rootCause } from '../mask-error.ts';
import { retryAfterOf } from '../retry-after-of.ts';
import { WrittenAnswer } from '../kept-answers/written-answer.ts';
import type { GatewayContext } from '../../schema/context.ts';
import { rateLimitNow, upstreamExtension } from '../upstream-extension.ts';

/**
 * Closes the operation when it is answered, puts its bill into the answer, as `extensions.upstream`, and says with
 * `Retry-After` when it makes sense to ask for what there was no budget for.
 */
export function useUpstreamReport(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return;
          const { operation, present } = args.contextValue as GatewayContext;
          // It has its bill already.
          if (result instanceof WrittenAnswer) {
            operation.close();
            return;
          }
          const { throttle, now } = present();
          const upstream = upstreamExtension(operation.bill(), rateLimitNow(throttle, now));
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
    return retryAfterOf(rootCause(originalError)) ?? [];
  });
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}
