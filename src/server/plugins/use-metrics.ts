import type { Plugin } from 'graphql-yoga';
import { isSameKey, presentedKey } from '../callers/presented-key.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refusal } from '../refusal.ts';

export interface MetricsOptions {
  readonly metrics: Metrics;
  /** Opens them, and nothing else does; undefined: whoever comes this far may read them. */
  readonly key: string | undefined;
}

/**
 * `GET /metrics`. Without a key of its own it comes after the door: how much is asked, and how the limit stands, is
 * not for everybody.
 */
export function useMetrics({ metrics, key }: MetricsOptions, path: string): Plugin {
  return {
    async onRequest({ request, url, endResponse, fetchAPI }) {
      if (url.pathname !== path) return;
      if (key !== undefined && !isSameKey(presentedKey(request.headers), key)) {
        const message = 'The metrics need a key: send it as "Authorization: Bearer …" or "X-API-Key: …".';
        const headers = { 'www-authenticate': 'Bearer' };
        endResponse(refusal(fetchAPI, { status: 401, code: 'UNAUTHENTICATED', message, headers }));
        return;
      }
      if (request.method !== 'GET') {
        endResponse(new fetchAPI.Response(null, { status: 405, headers: { allow: 'GET' } }));
        return;
      }
      const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' };
      endResponse(new fetchAPI.Response(await metrics.print(), { headers }));
    },
  };
}
