import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../../schema/context.ts';
import { argumentFaults } from '../../schema/cost/argument-faults.ts';
import type { CostLimits } from '../../schema/cost/check-cost.ts';
import { explain } from '../../schema/cost/explain.ts';
import { readQuestion } from '../../schema/cost/question.ts';
import { asksToExplain } from '../explaining.ts';
import { coded } from '../mask-error.ts';
import { timeAllowed } from '../preferences.ts';

export interface ExplainOptions {
  readonly limits: CostLimits;
  /** Milliseconds a question may take. */
  readonly operationTimeoutMs: number;
}

/**
 * Answers what a question would cost instead of the question, to whoever asks for that: in execution and in its place,
 * so that no resolver runs. What cannot be executed is left to execution, which says so and makes no call.
 */
export function useExplain({ limits, operationTimeoutMs }: ExplainOptions): Plugin<GatewayContext> {
  return {
    onExecute({ args, setExecuteFn }) {
      const { request, operation, limits: pages } = args.contextValue;
      const question = asksToExplain(request) ? readQuestion(args) : undefined;
      if (!question) return;
      const faults = argumentFaults(question, operation.workspace, pages);
      if (faults.length > 0) {
        const errors = faults.map(({ error, nodes, path }) =>
          coded(error, new GraphQLError(error.message, { nodes, path })),
        );
        setExecuteFn(() => ({ data: null, errors }));
        return;
      }
      const seconds = timeAllowed(request.headers, operationTimeoutMs) / 1_000;
      const explanation = explain(question, args.contextValue, { ...limits, seconds });
      setExecuteFn(() => ({ data: null, extensions: { explain: explanation } }));
    },
  };
}
