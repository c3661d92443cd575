import { createHash } from 'node:crypto';
import type { Premises } from '../../loading/operation.ts';
import { judgeVerification } from '../verification.ts';
import type { Clock } from '../../throttle/clock.ts';
import { CodedError } from '../../throttle/coded-error.ts';
import { Deadline } from '../../throttle/deadline.ts';
import { partyOf } from '../../throttle/party.ts';
import type { Throttle } from '../../throttle/throttle.ts';
import { retryAfterOf } from '../retry-after-of.ts';
import type { Refusal } from '../refusal.ts';
import type { Admission, Door } from './door.ts';
import { RememberedRefusals } from './remembered-refusals.ts';

/** What answers the questions of one credential of Mode. */
export interface Tenant {
  readonly premises: Premises;
}

export interface Tenants {
  /** The one of this credential, made if it is not there; undefined while there are as many as there may be. */
  of(digest: string, authorization: string): Tenant | undefined;
  /** It turned out to be no credential. */
  remove(digest: string): void;
}

export interface PassThroughOptions {
  readonly tenants: Tenants;
  readonly clock: Clock;
  /** How long Mode's word that a credential is good is believed, in milliseconds. */
  readonly believedMs: number;
  /** Lets checks of credentials go that Mode has not yet accepted: who tries many must not make us call often. */
  readonly doorstep: Throttle;
}

interface Proof {
  readonly goodUntil: number;
}

/** A check that takes longer is refused, rather than keep its caller waiting. */
const PATIENCE_MS = 10_000;

/** How long a credential that Mode refused is refused without asking again, and how many such are remembered. */
const REFUSED_FOR_MS = 60_000;
const MOST_REMEMBERED = 10_000;

const CHALLENGE = 'x-basic realm="API key of Mode: token and secret"';

const UNAUTHENTICATED: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message:
    'This gateway needs your own API key of Mode: send it as "Authorization: Basic …", base64 of token:secret, as curl -u does.',
  // Not "Basic": a browser would keep the key, and send it along with whatever another page has it ask.
  headers: { 'www-authenticate': CHALLENGE },
};

const REFUSED_BY_MODE: Refusal = { ...UNAUTHENTICATED, message: 'Mode does not accept this API key.' };

const TOO_MANY: Refusal = {
  status: 503,
  code: 'UPSTREAM_BUDGET_EXHAUSTED',
  message: 'The gateway serves as many API keys of Mode as it can. Ask again in some minutes.',
  headers: { 'retry-after': '60' },
};

/**
 * Lets in who sends an API key of Mode, which is used for their questions and for nobody else's. Mode is asked
 * whether the key is good (`GET /api/verify`) when it is new here and whenever `believedMs` have passed since.
 */
export function createPassThroughDoor({ tenants, clock, believedMs, doorstep }: PassThroughOptions): Door {
  const refused = new RememberedRefusals(clock, REFUSED_FOR_MS, MOST_REMEMBERED);
  const proofs = new WeakMap<Tenant, Proof>();
  const checks = new WeakMap<Tenant, Promise<Refusal | undefined>>();

  return {
    headersHint: '{"authorization": "Basic …"}',
    async admit(headers): Promise<Admission> {
      const authorization = readBasic(headers);
      if (authorization === undefined) return { refusal: UNAUTHENTICATED };
      const digest = createHash('sha256').update(authorization).digest('hex');
      const known = refused.find(digest);
      if (known) return { refusal: known };
      const tenant = tenants.of(digest, authorization);
      if (!tenant) return { refusal: TOO_MANY };
      const refusal = await prove(tenant, digest);
      if (refusal) return { refusal };
      // The name tells callers apart, in logs too, and nothing of the key.
      return { caller: { name: `credential ${digest.slice(0, 8)}`, weight: 1 }, premises: tenant.premises };
    },
  };

  function prove(tenant: Tenant, digest: string): Refusal | undefined | Promise<Refusal | undefined> {
    const proof = proofs.get(tenant);
    if (proof && clock.now() < proof.goodUntil) return undefined;
    // One check, however many questions come at once.
    const running = checks.get(tenant) ?? check(tenant, digest, proof === undefined);
    checks.set(tenant, running);
    return running;
  }

  /** @param isNew Mode has not accepted it yet */
  async function check(tenant: Tenant, digest: string, isNew: boolean): Promise<Refusal | undefined> {
    const askedAt = clock.now();
    try {
      const deadline = new Deadline(askedAt + PATIENCE_MS, clock);
      const lane = { caller: { name: digest, weight: 1 }, deadline: deadline.at };
      const permit = isNew ? await doorstep.acquire({ party: partyOf(lane) }) : undefined;
      const verified = tenant.premises.rest.verify({ deadline, party: partyOf(lane) }).finally(() => permit?.release());
      const { code, reason } = judgeVerification(await verified, tenant.premises.rest.workspace);
      if (code === undefined) {
        proofs.set(tenant, { goodUntil: askedAt + believedMs });
        return undefined;
      }
      return forget(tenant, digest, { ...UNAUTHENTICATED, status: 403, code: 'FORBIDDEN', message: reason ?? '' });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      if (error.code === 'UPSTREAM_UNAUTHENTICATED') return forget(tenant, digest, REFUSED_BY_MODE);
      if (error.code === 'UPSTREAM_FORBIDDEN') {
        return forget(tenant, digest, { ...REFUSED_BY_MODE, status: 403, code: 'FORBIDDEN' });
      }
      if (isNew) tenants.remove(digest);
      const message = `Whether Mode accepts this API key could not be found out: ${error.message}`;
      const seconds = retryAfterOf(error) ?? 5;
      return { status: 503, code: error.code, message, headers: { 'retry-after': String(seconds) } };
    } finally {
      checks.delete(tenant);
    }
  }

  function forget(tenant: Tenant, digest: string, refusal: Refusal): Refusal {
    proofs.delete(tenant);
    tenants.remove(digest);
    refused.remember(digest, refusal);
    return refusal;
  }
}

/** Longest API key that is passed on; Mode's have some tens of characters. */
const LONGEST = 1_000;

/** The credential in the one form that it is sent upstream in; undefined when there is none, or it cannot be one. */
function readBasic(headers: Headers): string | undefined {
  const [, encoded = ''] = /^basic\s+([\w+/=-]+)\s*$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (encoded === '' || encoded.length > LONGEST) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) return undefined;
  return `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;
}
