import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '../metrics/metrics.ts';

export const METRICS_ENDPOINT = '/metrics';

/** `GET /metrics`. Comes after the keys: how much is asked, and how the limit stands, is not for everybody. */
export function useMetrics(metrics: Metrics): Plugin {
  return {
    async onRequest({ request, url, endResponse, fetchAPI }) {
      if (url.pathname !== METRICS_ENDPOINT) return;
      if (request.method !== 'GET') {
        endResponse(new fetchAPI.Response(null, { status: 405, headers: { allow: 'GET' } }));
        return;
      }
      const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' };
      endResponse(new fetchAPI.Response(await metrics.print(), { headers }));
    },
  };
}
