import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';

/**
 * Refuses what a browser sends on behalf of another site (`Sec-Fetch-Site`). Such a page could not read the
 * answer, but its questions would spend calls to Mode. Programs do not send the header.
 */
export function useSameSite(): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (!['cross-site', 'same-site'].includes(request.headers.get('sec-fetch-site') ?? '')) return;
      const message = 'Pages of other sites may not ask this gateway.';
      endResponse(refusal(fetchAPI, { status: 403, code: 'FORBIDDEN', message }));
    },
  };
}
