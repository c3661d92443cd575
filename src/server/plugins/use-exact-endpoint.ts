import type { Plugin } from 'graphql-yoga';

/**
 * Questions are answered at one address. Yoga executes whatever is sent to an address that merely ends
 * like the endpoint, such as `/x/graphql` or `/y?z=/graphql`: a rule that a proxy or a firewall has for
 * `/graphql` would not see those.
 */
export function useExactEndpoint(paths: readonly string[]): Plugin {
  return {
    onRequest({ url, endResponse, fetchAPI }) {
      if (!paths.includes(url.pathname)) endResponse(new fetchAPI.Response(null, { status: 404 }));
    },
  };
}
