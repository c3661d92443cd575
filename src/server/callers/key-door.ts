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

const HOW = 'as "Authorization: Bearer …" or "X-API-Key: …"';

const NO_KEY = refuse(`This gateway needs a key: send one of its GATEWAY_API_KEYS, ${HOW}.`);
const UNKNOWN_KEY = refuse(
  `This gateway does not know the key that was sent: send one of its GATEWAY_API_KEYS, ${HOW}.`,
);
const OTHER_SCHEME = refuse(
  `This gateway takes a key ${HOW}, and "Authorization" in no other form: send one of its GATEWAY_API_KEYS, which are no API keys of Mode.`,
);

function refuse(message: string) {
  return {
    refusal: { status: 401, code: 'UNAUTHENTICATED', message, headers: { 'www-authenticate': 'Bearer' } },
  } as const;
}

/** Lets in who sends one of the keys, as `Authorization: Bearer` or `X-API-Key`. */
export function createKeyDoor(keys: readonly NamedKey[], premises: Premises): Door {
  const known = keys.map(({ name, digest, weight }) => ({
    digest: Buffer.from(digest, 'hex'),
    admitted: { caller: { name, weight }, premises },
  }));
  return {
    headersHint: '{"x-api-key": "…"}',
    admit(headers) {
      const presented = presentedKey(headers);
      const candidate = digestOf(presented);
      // Compares digests, and with every key, so that the time it takes tells nothing of any of them.
      const found = known.filter(({ digest }) => timingSafeEqual(candidate, digest));
      if (found[0]) return found[0].admitted;
      if (presented !== '') return UNKNOWN_KEY;
      return headers.has('authorization') ? OTHER_SCHEME : NO_KEY;
    },
  };
}
