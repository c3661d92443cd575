import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';

/** Seconds for which a browser need not ask again. Chromium believes no more. */
const PREFLIGHT_HOLDS_FOR = 7_200;

/** What a page may read of an answer beside its body. */
const EXPOSED = 'retry-after, x-request-id';

/**
 * Lets pages of the allowed origins ask, and read the answers; browsers keep all others from it, for they get no
 * headers. Cookies are never allowed. An allowed page may send any header: what it lacks to do harm is a key.
 */
export function useCors(allowedOrigins: ReadonlySet<string>): Plugin {
  const allows = (request: Request): boolean => allowedOrigins.has(request.headers.get('origin') ?? '');
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (!isPreflight(request)) return;
      if (!allows(request)) {
        endResponse(refusal(fetchAPI, { status: 403, code: 'FORBIDDEN', message: FOREIGN_PAGE }));
        return;
      }
      const headers = {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '',
        'access-control-max-age': String(PREFLIGHT_HOLDS_FOR),
        vary: 'access-control-request-headers',
      };
      endResponse(new fetchAPI.Response(null, { status: 204, headers }));
    },
    // Refusals too: a front end should be able to say what was wrong.
    onResponse({ request, response: { headers } }) {
      if (allowedOrigins.size === 0) return;
      headers.append('vary', 'origin');
      if (!allows(request)) return;
      headers.set('access-control-allow-origin', request.headers.get('origin') ?? '');
      headers.set('access-control-expose-headers', EXPOSED);
    },
  };
}

export const FOREIGN_PAGE =
  'Pages of other origins may not ask this gateway, unless its operator lists them in ALLOWED_ORIGINS.';

function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');
}
