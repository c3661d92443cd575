import type { Plugin } from 'graphql-yoga';
import type { Tracing } from '../tracing/tracing.ts';

/** Begins the span of each question; its report ends it. Comes after the keys: whoever has none makes no spans. */
export function useTracing(tracing: Tracing, paths: readonly string[]): Plugin {
  return {
    onRequest({ request, url }) {
      if (paths.includes(url.pathname)) tracing.begin(request);
    },
  };
}
