import type { Plugin } from 'graphql-yoga';
import type { Readiness } from '../readiness.ts';

/** `GET /ready`: 200 when a question can be answered, else 503 and why. */
export function useReadiness(readiness: Readiness, path: string): Plugin {
  return {
    async onRequest({ url, endResponse, fetchAPI }) {
      if (url.pathname !== path) return;
      const state = await readiness.check();
      endResponse(
        new fetchAPI.Response(JSON.stringify(state), {
          status: state.ready ? 200 : 503,
          headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
        }),
      );
    },
  };
}
