import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { andThen } from '../../loading/maybe-promise.ts';
import { CompiledOperations } from '../../schema/compiled/compiled-operations.ts';
import type { GatewayContext } from '../../schema/context.ts';
import { readQuestion } from '../../schema/cost/question.ts';
import { bytesOf } from '../document-cache.ts';
import { measureDocument } from '../bounds/measure-document.ts';

/**
 * Has operations that are asked again carried out by functions that were written for them. Comes before what carries
 * out something else in the place of a question.
 *
 * @param after how often an operation is carried out before that; Infinity: it never is
 */
export function useCompiledOperations(after: number): Plugin<GatewayContext> {
  const operations = new CompiledOperations({
    after,
    extentOf: (document) => ({
      fields: measureDocument(document).fields,
      bytes: bytesOf(document, document.loc?.source.body ?? ''),
    }),
  });
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { schema, document, operationName } = args as ExecutionArgs;
      return andThen(operations.get(schema, document, operationName ?? undefined), (compiled) => {
        const variables = compiled && readQuestion(args)?.variables;
        if (!compiled || !variables) return;
        const { signal } = args.contextValue.request;
        setExecuteFn((asked: ExecutionArgs) => {
          signal.throwIfAborted();
          const result = compiled({ rootValue: asked.rootValue, contextValue: asked.contextValue, variables });
          if (result === undefined) return executeFn(asked) as ExecutionResult;
          return result instanceof Promise ? untilAborted(result, signal) : result;
        });
      });
    },
  };
}

/** Rejects at once when the caller hangs up, as graphql-js does. */
function untilAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever was given as the reason
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const settled = (): void => {
      signal.removeEventListener('abort', onAbort);
    };
    result.then(resolve, reject).then(settled, settled);
  });
}
