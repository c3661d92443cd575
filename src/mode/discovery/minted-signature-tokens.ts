import * as z from 'zod';
import type { Priority } from '../../throttle/throttle.ts';
import type { Clock } from '../../throttle/clock.ts';
import { RateLimitedError } from '../../throttle/rate-limited-error.ts';
import { UpstreamForbiddenError } from '../errors/upstream-forbidden-error.ts';
import { UpstreamInvalidResponseError } from '../errors/upstream-invalid-response-error.ts';
import { UpstreamUnauthenticatedError } from '../errors/upstream-unauthenticated-error.ts';
import { UpstreamUnavailableError } from '../errors/upstream-unavailable-error.ts';
import type { CallContext } from '../call-context.ts';
import type { Http } from '../http.ts';
import { check } from '../payloads/check.ts';
import { token } from '../payloads/scalars.ts';
import { path } from '../rest/endpoint.ts';
import { bearer, type SignatureToken, type SignatureTokens } from './signature-token.ts';

const MINUTE_MS = 60_000;

/** Short-lived: should we die without deleting it, it dies soon after us. */
const LIFETIME_MS = 60 * MINUTE_MS;

/** Renewed this long before it ends, so that no scan starts on a token that will not outlast it. */
const RENEW_BEFORE_MS = 5 * MINUTE_MS;

export interface MintOptions {
  /** Carries the admin's Basic credential. */
  readonly http: Http;
  readonly workspace: string;
  readonly clock: Clock;
  readonly call?: CallContext;
}

const minted = z.object({ token, access_key: z.string().min(1), access_secret: z.string().min(1) });

interface Held {
  readonly signature: SignatureToken;
  readonly authorization: string;
  readonly expiresAt: number;
}

/**
 * Mints with the admin's key: `POST /batch/{workspace}/signature_tokens`, one at a time, renewed before
 * it ends, deleted when done with (`DELETE …/{token}`).
 *
 * An answer that did not arrive may have made a credential whose secret nobody has. We do not mint
 * again until that one would have expired: else a bad connection would leave a trail of live
 * credentials.
 */
export function mintSignatureTokens({ http, workspace, clock, call = {} }: MintOptions): SignatureTokens {
  const subject = { api: 'DISCOVERY', endpoint: '/signature_tokens' } as const;
  const base = path`/batch/${workspace}/signature_tokens`;
  let held: Held | undefined;
  let minting: Promise<Held> | undefined;
  /** The first answer that left open whether there is a credential now, and until when it would live. */
  let unclear: { readonly until: number; readonly error: unknown } | undefined;
  /** Deletions under way: shutting down waits for them. */
  const removals = new Set<Promise<void>>();
  let disposed = false;

  async function mint(onCall: CallContext['onCall']): Promise<Held> {
    if (disposed) throw new UpstreamUnavailableError(subject);
    if (unclear && clock.now() < unclear.until) throw unclear.error;
    // To the minute, the one form that Mode's documentation shows.
    const expiresAt = Math.floor((clock.now() + LIFETIME_MS) / MINUTE_MS) * MINUTE_MS;
    let signature: SignatureToken;
    try {
      signature = await post(expiresAt, onCall);
    } catch (error) {
      if (!isRefusal(error)) unclear = { until: expiresAt, error };
      throw isOfTime(error) ? new UpstreamInvalidResponseError(subject, WRONG_CLOCK, undefined, error.status) : error;
    }
    const old = held;
    held = { signature, authorization: bearer(signature), expiresAt };
    // Behind the pages that were asked for with it and are still waiting for their turn.
    if (old) void remove(old, 'background');
    return held;
  }

  async function post(expiresAt: number, onCall: CallContext['onCall']): Promise<SignatureToken> {
    const answer = await http.request(
      {
        subject,
        method: 'POST',
        path: base,
        json: {
          signature_token: {
            name: 'mode-graphql',
            expires_at: new Date(expiresAt).toISOString().replace(/:\d\d\.\d{3}Z$/, 'Z'),
            auth_scope: { authentication_for: 'batch-api', authorization_type: 'read-only' },
          },
        },
      },
      onCall ? { ...call, onCall } : call,
    );
    const row = check(minted, answer?.body, subject);
    return { token: row.token, accessKey: row.access_key, accessSecret: row.access_secret };
  }

  function remove({ signature }: Held, priority: Priority): Promise<void> {
    const removal = http
      .request(
        { subject, method: 'DELETE', path: base + path`/${signature.token}`, missing: [404] },
        { ...call, priority },
      )
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => removals.delete(removal));
    removals.add(removal);
    return removal;
  }

  async function fresh(onCall: CallContext['onCall']): Promise<Held> {
    minting ??= mint(onCall).finally(() => {
      minting = undefined;
    });
    return minting;
  }

  return {
    async current(onCall) {
      const leftMs = held ? held.expiresAt - clock.now() : 0;
      if (held && leftMs > RENEW_BEFORE_MS) return held.authorization;
      try {
        return (await fresh(onCall)).authorization;
      } catch (error) {
        // It could not be renewed, but has not ended either.
        if (held && clock.now() < held.expiresAt) return held.authorization;
        throw error;
      }
    },
    async replace(refused, onCall) {
      // Somebody else may have replaced it already; a second new token would be one too many.
      if (held && held.authorization !== refused) return held.authorization;
      return (await fresh(onCall)).authorization;
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await minting?.catch(() => undefined);
      if (held) void remove(held, 'person');
      held = undefined;
      await Promise.all(removals);
    },
  };
}

/** Somebody said no: nothing was made. Any other failure leaves that open. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof UpstreamForbiddenError ||
    error instanceof UpstreamUnauthenticatedError ||
    error instanceof RateLimitedError ||
    (error instanceof UpstreamInvalidResponseError && Math.floor((error.status ?? 0) / 100) === 4)
  );
}

/** Of all that we send, the time at which it is to end is the one thing that Mode can find wrong. */
function isOfTime(error: unknown): error is UpstreamInvalidResponseError {
  return error instanceof UpstreamInvalidResponseError && error.status === 422;
}

const WRONG_CLOCK =
  'has the status 422: it does not take the time at which the token is to end, so set this machine’s clock right';
