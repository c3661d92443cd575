import { timingSafeEqual } from 'node:crypto';
import type { Premises } from '../../loading/operation.ts';
import { digestOf, presentedKey } from './presented-key.ts';
import type { Door } from './door.ts';

/** A key that callers may send. The key itself is not kept. */
export interface NamedKey {
  readonly name: string;
  /** SHA-256 of the key, in hexadecimal. */
  readonly digest: string;
  /** Turns its callers get for each turn of a key of weight 1. */
  readonly weight: number;
}

const REFUSED = {
  refusal: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'This gateway needs a key: send it as "Authorization: Bearer …" or "X-API-Key: …".',
    headers: { 'www-authenticate': 'Bearer' },
  },
} as const;

/** Lets in who sends one of the keys, as `Authorization: Bearer` or `X-API-Key`. */
export function createKeyDoor(keys: readonly NamedKey[], premises: Premises): Door {
  const known = keys.map(({ name, digest, weight }) => ({
    digest: Buffer.from(digest, 'hex'),
    admitted: { caller: { name, weight }, premises },
  }));
  return {
    headersHint: '{"x-api-key": "…"}',
    admit(headers) {
      const candidate = digestOf(presentedKey(headers));
      // Compares digests, and with every key, so that the time it takes tells nothing of any of them.
      const found = known.filter(({ digest }) => timingSafeEqual(candidate, digest));
      return found[0]?.admitted ?? REFUSED;
    },
  };
}
