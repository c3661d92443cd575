import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../../schema/context.ts';
import { noteOrigin } from '../error-origin.ts';
import { requestIdOf } from '../request-id.ts';

/** Lets an unforeseen error be logged with its request's id. Comes before Yoga's masking, as all plugins of ours do. */
export function useErrorOrigin(): Plugin<GatewayContext> {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result }) {
          if (Symbol.asyncIterator in result) return;
          const { errors = [] }: ExecutionResult = result;
          noteOrigin(errors, requestIdOf(args.contextValue.request));
        },
      };
    },
  };
}
