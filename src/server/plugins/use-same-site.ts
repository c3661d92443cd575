import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';
import { FOREIGN_PAGE } from './use-cors.ts';

/** A page cannot send any of these across origins before the browser has asked us, which useCors answers. */
const NEEDS_PREFLIGHT = [
  'x-graphql-yoga-csrf',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-requested-with',
  'x-api-key',
  'authorization',
];

/**
 * Refuses what a browser sends on behalf of a page that is not ours nor of an allowed origin. Such a page could not
 * read the answer, but its questions would spend calls to Mode (CSRF).
 *
 * Browsers say whose page it is (`Sec-Fetch-Site`); programs do not send the header, and need none. Browsers that keep
 * it to themselves, as they do over plain HTTP, need a header which a page of another origin cannot send unasked. Only
 * GET is left to look at: useJsonBodies takes no body that is sent unasked.
 */
export function useSameSite(allowedOrigins: ReadonlySet<string>): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (allowedOrigins.has(request.headers.get('origin') ?? '')) return;
      const site = request.headers.get('sec-fetch-site');
      if (site === 'cross-site' || site === 'same-site') {
        endResponse(refusal(fetchAPI, { status: 403, code: 'FORBIDDEN', message: FOREIGN_PAGE }));
      } else if (site === null && request.method === 'GET' && isBrowser(request) && isSimple(request)) {
        const message =
          'This browser does not say whose page asks (Sec-Fetch-Site): send the question as POST, or with the header "x-graphql-yoga-csrf: 1".';
        endResponse(refusal(fetchAPI, { status: 403, code: 'FORBIDDEN', message }));
      }
    },
  };
}

/** Every browser calls itself Mozilla, and lets no page change that across origins without asking us. */
function isBrowser({ headers }: Request): boolean {
  return headers.get('user-agent')?.startsWith('Mozilla/') ?? false;
}

function isSimple({ headers }: Request): boolean {
  // Apollo Client sends this type with a GET, too.
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
  return !isJson && !NEEDS_PREFLIGHT.some((name) => headers.has(name));
}
