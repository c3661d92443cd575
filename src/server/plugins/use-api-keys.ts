import { createHash, timingSafeEqual } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { recognise } from '../caller-of.ts';
import { refusal } from '../refusal.ts';

export interface ApiKeyOptions {
  /** None: everybody may ask. */
  readonly keys: readonly string[];
  /** Of each key, in their order: turns its callers get. */
  readonly weights: readonly number[];
}

/**
 * Lets in who sends one of the keys, as `Authorization: Bearer` or `X-API-Key`. The explorer's page
 * comes before this plugin: a browser cannot send a header with an address, and the page holds no data.
 */
export function useApiKeys({ keys, weights }: ApiKeyOptions): Plugin {
  const digests = keys.map(digest);
  return {
    // Asks no path: whatever comes this far could be executed.
    onRequest({ request, endResponse, fetchAPI }) {
      if (digests.length === 0) return;
      const place = placeOf(presentedKey(request.headers), digests);
      if (place !== -1) {
        recognise(request, { name: `key ${place + 1}`, weight: weights[place] ?? 1 });
        return;
      }
      endResponse(
        refusal(fetchAPI, {
          status: 401,
          code: 'UNAUTHENTICATED',
          message: 'This gateway needs a key: send it as "Authorization: Bearer …" or "X-API-Key: …".',
          headers: { 'www-authenticate': 'Bearer' },
        }),
      );
    },
  };
}

function presentedKey(headers: Headers): string {
  const [, bearer] = /^bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  return bearer?.trim() ?? headers.get('x-api-key') ?? '';
}

/**
 * Which of the keys it is, or -1. Compares digests, and with every key, so that the time it takes tells nothing
 * of any of them.
 */
function placeOf(presented: string, digests: readonly Buffer[]): number {
  const candidate = digest(presented);
  return digests.reduce((found, key, place) => (timingSafeEqual(candidate, key) ? place : found), -1);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
