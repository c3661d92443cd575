import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../../schema/context.ts';

/** Puts the operation's bill into every answer that was executed, as `extensions.upstream`. */
export function useUpstreamReport(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return;
          const context = args.contextValue as GatewayContext;
          setResult({ ...result, extensions: { ...result.extensions, upstream: context.operation.bill() } });
        },
      };
    },
  };
}
