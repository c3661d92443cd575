import type { Plugin } from 'graphql-yoga';

/** Unless an answer says otherwise itself, as the explorer's page does. */
const HEADERS: Readonly<Record<string, string>> = {
  // Answers hold a workspace's data, and what a GET is answered would otherwise be kept on its way.
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  // No page of another site may embed an answer as a picture or a script; CORS is not concerned.
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // For browsers that do not know frame-ancestors.
  'x-frame-options': 'DENY',
};

/** Tells browsers what they may not make of an answer. */
export function useSecureHeaders(): Plugin {
  return {
    onResponse({ response }) {
      for (const [name, value] of Object.entries(HEADERS)) {
        if (!response.headers.has(name)) response.headers.set(name, value);
      }
    },
  };
}
