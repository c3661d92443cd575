import type { Plugin } from 'graphql-yoga';
import { excessiveCost, type CostLimits } from '../../schema/cost/check-cost.ts';
import type { GatewayContext } from '../../schema/context.ts';
import { asksToExplain } from '../explaining.ts';
import { coded } from '../mask-error.ts';

/**
 * Refuses what would cost too much, in execution and before its first resolver: a rule of validation is not asked
 * again when only the variables change. The refusal bears a bill like every answer, which says that it cost nothing.
 */
export function useCostBounds(limits: CostLimits): Plugin<GatewayContext> {
  return {
    onExecute({ args, setExecuteFn }) {
      // An explanation says it, and is not refused itself.
      if (asksToExplain(args.contextValue.request)) return;
      const error = excessiveCost(args, args.contextValue, limits);
      if (!error) return;
      setExecuteFn(() => ({ errors: [coded(error)] }));
    },
  };
}
