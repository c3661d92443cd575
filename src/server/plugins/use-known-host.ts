import { isIP } from 'node:net';
import type { Plugin } from 'graphql-yoga';
import { refusal } from '../refusal.ts';

/**
 * For a gateway that asks for no key: answers only under a name that is known to be its own. A page whose host has
 * come to mean this machine (DNS rebinding) is of our origin as far as the browser knows, and could read everything;
 * what gives it away is the name by which it asks. Addresses in numbers cannot be made to mean something else. Programs
 * are not spared: to its own origin a page may call itself whatever it likes.
 */
export function useKnownHost(allowedHosts: readonly string[]): Plugin {
  const names = new Set(['localhost', ...allowedHosts]);
  const isKnown = (name: string): boolean => names.has(name) || name.endsWith('.localhost') || isIP(name) !== 0;
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      // Browsers always send one; a Request that a program made for `fetch` has none.
      const host = request.headers.get('host');
      if (host === null || isKnown(nameOf(host))) return;
      const message =
        'This gateway asks for no key, so it answers only under names that it knows: its operator lists them in ALLOWED_HOSTS, or sets keys.';
      endResponse(refusal(fetchAPI, { status: 403, code: 'FORBIDDEN', message }));
    },
  };
}

/** Without the port, and the brackets of an IPv6 address. */
function nameOf(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
