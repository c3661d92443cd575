import { UpstreamForbiddenError } from '../mode/errors/upstream-forbidden-error.ts';
import { UpstreamUnauthenticatedError } from '../mode/errors/upstream-unauthenticated-error.ts';
import { judgeVerification } from './verification.ts';
import type { RestClient } from '../mode/rest-client.ts';
import type { Clock } from '../throttle/clock.ts';
import { CodedError, type ErrorCode } from '../throttle/coded-error.ts';

export interface ReadinessState {
  readonly ready: boolean;
  /** Why not, for people. */
  readonly reason?: string;
  /** Why not, for programs. */
  readonly code?: ErrorCode;
}

export interface Readiness {
  /** Costs at most one call to Mode a minute, however often it is asked. */
  check(): Promise<ReadinessState>;
}

/** How long an answer is believed, in milliseconds: a good one long, since a probe asks every few seconds. */
const GOOD_FOR_MS = 60_000;
const BAD_FOR_MS = 5_000;

/** A probe is not kept waiting behind a full queue. */
const PATIENCE_MS = 5_000;

/** Asks Mode once. Never throws. */
export type Probe = (rest: RestClient) => Promise<ReadinessState>;

/** Codes that say nothing against the credential: Mode does not answer, or not now. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_BUDGET_EXHAUSTED',
]);

export interface ReadinessOptions {
  /** @default whether the credential opens the workspace */
  readonly probe?: Probe;
  /** Whether there are answers without Mode. Without them, a gateway that cannot reach it is not ready. @default no */
  canAnswerAlone?(): boolean;
}

/**
 * Ready means: Mode accepts the credential, and it belongs to the workspace we serve (`GET /api/verify`); or Mode does
 * not answer, and what the catalog holds can be served. Else a load balancer would send nobody to any gateway
 * for as long as Mode is down.
 */
export function createReadiness(rest: RestClient, clock: Clock, options: ReadinessOptions = {}): Readiness {
  const { probe = verify, canAnswerAlone } = options;
  let known: { readonly state: ReadinessState; readonly until: number } | undefined;
  let running: Promise<ReadinessState> | undefined;

  const ask = async (): Promise<ReadinessState> => {
    const state = await probe(rest);
    known = { state, until: clock.now() + (state.ready ? GOOD_FOR_MS : BAD_FOR_MS) };
    running = undefined;
    return state;
  };

  return {
    check() {
      if (known && clock.now() < known.until) return Promise.resolve(asItStands(known.state));
      running ??= ask();
      const meanwhile = known?.state ?? { ready: false, reason: 'Mode has not answered the first check yet.' };
      return within(running, clock, PATIENCE_MS, meanwhile).then(asItStands);
    },
  };

  function asItStands(state: ReadinessState): ReadinessState {
    const { ready, code, reason = '' } = state;
    if (ready || code === undefined || !PASSING.has(code) || canAnswerAlone?.() !== true) return state;
    return { ready: true, code, reason: `${reason} What the catalog holds is served meanwhile, dated.` };
  }
}

/** The credential is good, and opens the workspace. */
async function verify(rest: RestClient): Promise<ReadinessState> {
  try {
    const verdict = judgeVerification(await rest.verify({}), rest.workspace);
    return { ready: verdict.code === undefined, ...verdict };
  } catch (error) {
    return notReady(error);
  }
}

/** Mode answers, whatever it says: where callers bring their own credentials there is none to check. */
export async function reach(rest: RestClient): Promise<ReadinessState> {
  try {
    await rest.readWorkspace({});
    return { ready: true };
  } catch (error) {
    if (error instanceof UpstreamForbiddenError || error instanceof UpstreamUnauthenticatedError)
      return { ready: true };
    return notReady(error);
  }
}

function notReady(error: unknown): ReadinessState {
  if (error instanceof CodedError) return { ready: false, code: error.code, reason: error.message };
  return { ready: false, reason: 'Mode could not be asked.' };
}

/** What `promise` says, or `meanwhile` when it takes longer. Leaves no timer behind, which would hold the process. */
async function within<T>(promise: Promise<T>, clock: Clock, patienceMs: number, meanwhile: T): Promise<T> {
  let cancel: (() => void) | undefined;
  const patience = new Promise<T>((resolve) => {
    cancel = clock.schedule(() => {
      resolve(meanwhile);
    }, patienceMs);
  });
  return Promise.race([promise, patience]).finally(() => cancel?.());
}
