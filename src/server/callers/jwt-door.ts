import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Premises } from '../../loading/operation.ts';
import type { Refusal } from '../refusal.ts';
import { presentedToken } from './presented-key.ts';
import type { Admission, Door } from './door.ts';

export interface JwtOptions {
  /** `iss` must be this. */
  readonly issuer: string;
  /** `aud` must be, or hold, this. */
  readonly audience: string;
  /** Where the issuer's public keys are. */
  readonly jwksUrl: string;
}

/** Signed with a private key, whose public half is the issuer's to publish: never `none`, nor a secret of ours. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Seconds by which the issuer's clock and ours may differ. */
const CLOCK_TOLERANCE_S = 10;

const REFUSED: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'This gateway needs a valid token: send it as "Authorization: Bearer …".',
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
};

const KEYS_OUT_OF_REACH: Refusal = {
  status: 503,
  code: 'UPSTREAM_UNAVAILABLE',
  message: 'The keys that tokens are checked with could not be read from their issuer. Ask again in a moment.',
  headers: { 'retry-after': '5' },
};

/**
 * Lets in who sends a JSON Web Token of the issuer's. `sub` is the caller's name: callers take turns by it. What is
 * wrong with a token is told to nobody: whoever makes tokens can look into them.
 *
 * The keys are fetched when they are first needed, kept, and fetched anew for a key nobody has seen, at most every
 * 30 s (jose does that).
 */
export function createJwtDoor({ issuer, audience, jwksUrl }: JwtOptions, premises: Premises): Door {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
  return {
    headersHint: '{"authorization": "Bearer …"}',
    async admit(headers): Promise<Admission> {
      const token = presentedToken(headers);
      if (token === undefined) return { refusal: REFUSED };
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: CLOCK_TOLERANCE_S,
          // Without an end, a token that leaked would be good for ever.
          requiredClaims: ['exp', 'sub'],
        });
        return { caller: { name: `sub ${nameOf(payload.sub ?? '')}`, weight: 1 }, premises };
      } catch (error) {
        return { refusal: isAboutTheToken(error) ? REFUSED : KEYS_OUT_OF_REACH };
      }
    },
  };
}

/** It comes from outside and goes to logs: short, and on one line. */
function nameOf(subject: string): string {
  return subject.replaceAll(/[^\w.@:|/+-]/g, '?').slice(0, 100);
}

/** Whether the token is at fault, rather than the way to the issuer's keys. */
function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== 'ERR_JOSE_GENERIC'
  );
}
