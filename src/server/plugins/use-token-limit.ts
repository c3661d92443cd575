import { parse, type ParseOptions, type Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** GraphiQL's introspection has about 400; far more than any question a person writes. */
const MOST_TOKENS = 2_500;

/** Refuses documents so long, and with that so deep, that merely reading them would hurt. Costs no call. */
export function useTokenLimit(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source: string | Source, options?: ParseOptions) =>
        parse(source, { ...options, maxTokens: MOST_TOKENS }),
      );
    },
  };
}
