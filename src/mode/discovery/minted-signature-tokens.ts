import * as z from 'zod';
import type { Clock } from '../../throttle/clock.ts';
import { UpstreamTimeoutError } from '../errors/upstream-timeout-error.ts';
import { UpstreamUnavailableError } from '../errors/upstream-unavailable-error.ts';
import type { CallContext, Http } from '../http.ts';
import { check } from '../payloads/check.ts';
import { token } from '../payloads/scalars.ts';
import { path } from '../rest/endpoint.ts';
import { bearer, type SignatureToken, type SignatureTokens } from './signature-token.ts';

/** Short-lived: should we die without deleting it, it dies soon after us. */
const LIFETIME_MS = 60 * 60_000;

/** Renewed this long before it ends, so that no scan starts on a token that will not outlast it. */
const RENEW_BEFORE_MS = 5 * 60_000;

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
  let unclearUntil = 0;
  let disposed = false;

  async function mint(): Promise<Held> {
    if (clock.now() < unclearUntil) throw new UpstreamUnavailableError(subject);
    const expiresAt = clock.now() + LIFETIME_MS;
    let answer;
    try {
      answer = await http.request(
        {
          subject,
          method: 'POST',
          path: base,
          json: {
            signature_token: {
              name: 'mode-graphql',
              expires_at: new Date(expiresAt).toISOString(),
              auth_scope: { authentication_for: 'batch-api', authorization_type: 'read-only' },
            },
          },
        },
        call,
      );
    } catch (error) {
      if (error instanceof UpstreamUnavailableError || error instanceof UpstreamTimeoutError) unclearUntil = expiresAt;
      throw error;
    }
    const row = check(minted, answer?.body, subject);
    const signature = { token: row.token, accessKey: row.access_key, accessSecret: row.access_secret };
    const fresh = { signature, authorization: bearer(signature), expiresAt };
    const old = held;
    held = fresh;
    if (old) void remove(old);
    return fresh;
  }

  async function remove({ signature }: Held): Promise<void> {
    await http
      .request({ subject, method: 'DELETE', path: base + path`/${signature.token}`, missing: [404] }, call)
      .catch(() => undefined);
  }

  async function fresh(): Promise<Held> {
    minting ??= mint().finally(() => {
      minting = undefined;
    });
    return minting;
  }

  return {
    async current() {
      const usable = held !== undefined && held.expiresAt - clock.now() > RENEW_BEFORE_MS;
      return (usable && held ? held : await fresh()).authorization;
    },
    async replace(refused) {
      // Somebody else may have replaced it already; a second new token would be one too many.
      if (held && held.authorization !== refused) return held.authorization;
      return (await fresh()).authorization;
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await minting?.catch(() => undefined);
      if (held) await remove(held);
      held = undefined;
    },
  };
}
