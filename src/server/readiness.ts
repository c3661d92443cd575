import { belongsTo, workspacesOf } from '../mode/belongs-to.ts';
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

/** Ready means: Mode accepts the credential, and it belongs to the workspace we serve (`GET /api/verify`). */
export function createReadiness(rest: RestClient, clock: Clock): Readiness {
  let known: { readonly state: ReadinessState; readonly until: number } | undefined;
  let running: Promise<ReadinessState> | undefined;

  const ask = async (): Promise<ReadinessState> => {
    const state = await verify(rest);
    known = { state, until: clock.now() + (state.ready ? GOOD_FOR_MS : BAD_FOR_MS) };
    running = undefined;
    return state;
  };

  return {
    check() {
      if (known && clock.now() < known.until) return Promise.resolve(known.state);
      running ??= ask();
      const meanwhile = known?.state ?? { ready: false, reason: 'Mode has not answered the first check yet.' };
      return within(running, clock, PATIENCE_MS, meanwhile);
    },
  };
}

async function verify(rest: RestClient): Promise<ReadinessState> {
  try {
    const verification = await rest.verify({});
    if (belongsTo(verification, rest.workspace)) return { ready: true };
    const [workspace = ''] = workspacesOf(verification);
    return {
      ready: false,
      code: 'UPSTREAM_FORBIDDEN',
      reason: `The credential belongs to the workspace "${workspace}", not to "${rest.workspace}" (MODE_WORKSPACE).`,
    };
  } catch (error) {
    if (error instanceof CodedError) return { ready: false, code: error.code, reason: error.message };
    return { ready: false, reason: 'Mode could not be asked.' };
  }
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
