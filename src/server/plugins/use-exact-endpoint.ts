import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';

/**
 * Questions are answered at one address. Yoga executes whatever is sent to an address that merely ends
 * like the endpoint, such as `/x/graphql` or `/y?z=/graphql`: a rule that a proxy or a firewall has for
 * `/graphql` would not see those.
 */
/** @param paths that of questions first */
export function useExactEndpoint(paths: readonly string[]): Plugin {
  return {
    onRequest({ url, endResponse, fetchAPI }) {
      if (paths.includes(url.pathname)) return;
      const message = `There is nothing at this address: questions go to ${paths[0] ?? ''}.`;
      endResponse(refusal(fetchAPI, { status: 404, code: 'NOT_FOUND', message }));
    },
  };
}
