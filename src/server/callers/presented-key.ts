import { createHash, timingSafeEqual } from 'node:crypto';

/** What stands behind `Authorization: Bearer`; undefined when there is none. */
export function presentedToken(headers: Headers): string | undefined {
  return /^bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]?.trim();
}

/** What a request sends as a key, as `Authorization: Bearer` or `X-API-Key`; empty when it sends none. */
export function presentedKey(headers: Headers): string {
  return presentedToken(headers) ?? headers.get('x-api-key') ?? '';
}

export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** In a time that tells nothing of either. */
export function isSameKey(presented: string, key: string): boolean {
  return timingSafeEqual(digestOf(presented), digestOf(key));
}
