/**
 * Floor 2, Mode: how to call it. Credentials, paging rules, payloads -> records, errors.
 *
 * It knows URLs and HAL. It must never know GraphQL, nor why a thing is wanted.
 *
 * This file is the one way out of the house: every call to Mode passes through `createHttp`.
 */
import ky, { HTTPError, TimeoutError, type KyInstance } from 'ky';
import type { Clock } from '../throttle/clock.ts';
import { CodedError } from '../throttle/coded-error.ts';
import { RateLimitedError } from '../throttle/rate-limited-error.ts';
import type { Permit, Priority, Throttle } from '../throttle/throttle.ts';
import { UpstreamForbiddenError } from './errors/upstream-forbidden-error.ts';
import { UpstreamInvalidResponseError } from './errors/upstream-invalid-response-error.ts';
import { UpstreamTimeoutError } from './errors/upstream-timeout-error.ts';
import { UpstreamUnauthenticatedError } from './errors/upstream-unauthenticated-error.ts';
import { UpstreamUnavailableError } from './errors/upstream-unavailable-error.ts';
import type { UpstreamSubject } from './errors/upstream-error.ts';
import { isPassingStatus, MOST_REFUSALS, MOST_RETRIES, retryDelayMs } from './retry-policy.ts';

export interface HttpOptions {
  /** Origin of Mode, without a path. */
  readonly baseUrl: string;
  /** Value of the `Authorization` header. Held in this closure only; never in a URL, a log or an error. */
  readonly authorization: string;
  readonly accept: string;
  readonly throttle: Throttle;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Milliseconds one attempt may take, body included, waiting for the throttle excluded. */
  readonly timeoutMs: number;
}

/** One attempt that was sent. */
export interface UpstreamCall {
  readonly subject: UpstreamSubject;
  /** When it joined the throttle's queue, in milliseconds since the epoch. */
  readonly askedAt: number;
  /** Milliseconds it waited for the throttle. */
  readonly waitedMs: number;
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
}

/** For whom a call is made. */
export interface CallContext {
  /** Read anew whenever a slot is free, so a getter may raise it. @default person */
  readonly priority?: Priority;
  /** Aborted when nobody wants the answer any more: queued calls vanish, running ones are cut. */
  readonly signal?: AbortSignal;
  /** Told of each attempt when it is over. */
  onCall?(call: UpstreamCall): void;
}

/** The same call under another signal; a priority that rises later still counts. */
export function underSignal(context: CallContext, signal: AbortSignal): CallContext {
  return {
    signal,
    get priority() {
      return context.priority ?? 'person';
    },
    onCall: (call) => context.onCall?.(call),
  };
}

export interface HttpRequest {
  /** Only GET is repeated after a failure that may pass: of anything else it is not clear whether it was done. @default GET */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Instead of the credential this `Http` was made with. */
  readonly authorization?: string;
  readonly subject: UpstreamSubject;
  /** Path below the origin, starting with a slash; each segment already encoded. */
  readonly path: string;
  readonly search?: Readonly<Record<string, string>>;
  /** Statuses that mean "not there" for this endpoint; the answer is then undefined. */
  readonly missing?: readonly number[];
}

export interface Answer {
  readonly body: unknown;
  /** When the answer was complete, in milliseconds since the epoch. */
  readonly asOf: number;
}

export interface Http {
  /**
   * Makes one call and reads JSON. Waits its turn, retries what may pass (5xx, network errors, timeouts), sits out 429.
   *
   * @throws {UpstreamError} subclasses and {RateLimitedError}; the signal's reason when it is aborted
   */
  request(request: HttpRequest, context: CallContext): Promise<Answer | undefined>;
}

export function createHttp(options: HttpOptions): Http {
  const { throttle, clock } = options;
  const client = ky.create({
    prefixUrl: options.baseUrl,
    headers: { accept: options.accept, authorization: options.authorization, 'user-agent': 'mode-graphql' },
    timeout: options.timeoutMs,
    // A redirect leads to a login page; following it would spend calls to read HTML.
    redirect: 'manual',
    retry: {
      limit: MOST_RETRIES,
      methods: ['get'],
      delay: (attempt) => retryDelayMs(attempt, options.random()),
      shouldRetry: ({ error }) => mayPass(error),
    },
  });

  return {
    async request(request, context) {
      const ticket = throttle.takeTicket();
      for (let refusals = 1; ; refusals++) {
        try {
          const text = await send(client, request, context, ticket, refusals);
          // What deletes may have nothing to say.
          const body = text === '' && request.method === 'DELETE' ? undefined : parse(text, request.subject);
          return { body, asOf: Math.floor(clock.now()) };
        } catch (error) {
          context.signal?.throwIfAborted();
          if (error instanceof HTTPError && request.missing?.includes(error.response.status)) return undefined;
          if (!isRefusal(error) || refusals === MOST_REFUSALS) throw translate(error, request.subject);
        }
      }
    },
  };

  async function send(
    instance: KyInstance,
    request: HttpRequest,
    context: CallContext,
    ticket: number,
    attempt: number,
  ): Promise<string> {
    // ky makes its attempts one after the other, so one variable carries each permit to its fetch.
    let permit: Permit | undefined;
    let askedAt = 0;
    let waitedMs = 0;
    const response = await instance(request.path.slice(1), {
      method: request.method ?? 'GET',
      ...(request.json !== undefined && { json: request.json }),
      ...(request.authorization !== undefined && { headers: { authorization: request.authorization } }),
      ...(request.search && { searchParams: { ...request.search } }),
      ...(context.signal && { signal: context.signal }),
      hooks: {
        // Here, because ky starts the attempt's timeout after this hook and runs it again for a retry:
        // waiting inside `fetch` would eat the timeout and let retries pass unthrottled.
        beforeRequest: [
          async () => {
            askedAt = clock.now();
            permit = await throttle.acquire(ticket, context.signal, () => context.priority ?? 'person');
            waitedMs = clock.now() - askedAt;
          },
        ],
      },
      fetch: async (input, init) => {
        // A timeout lets ky go on to the next attempt, and its permit, before this one has ended.
        const held = permit;
        let status: number | undefined;
        try {
          const head = await fetch(input, init);
          status = head.status;
          // Before settling, which may let the next call go.
          if (status === 429) throttle.refused(head.headers.get('retry-after'), attempt);
          held?.settle();
          // Read here, so that a body cut short or too slow is this attempt's failure, and is retried as one.
          const body = await head.text();
          return new Response(NO_BODY.has(status) ? null : body, { status, headers: head.headers });
        } finally {
          held?.release();
          context.onCall?.({ subject: request.subject, askedAt, waitedMs, status });
        }
      },
    });
    return response.text();
  }

  function translate(error: unknown, subject: UpstreamSubject): Error {
    if (error instanceof CodedError) return error;
    if (error instanceof TimeoutError) return new UpstreamTimeoutError(subject, options.timeoutMs);
    if (!(error instanceof HTTPError)) return new UpstreamUnavailableError(subject, { cause: error });
    const { status } = error.response;
    if (status === 401) return new UpstreamUnauthenticatedError(subject);
    if (status === 403 || status === 404) return new UpstreamForbiddenError(subject);
    if (status === 429) return new RateLimitedError(secondsUntil(throttle.state().pausedUntil));
    if (isPassingStatus(status)) return new UpstreamUnavailableError(subject);
    return new UpstreamInvalidResponseError(subject, `has the status ${status}`);
  }

  function secondsUntil(time: number): number {
    return Math.max(1, Math.ceil((time - clock.now()) / 1_000));
  }
}

/** Statuses for which `new Response` refuses a body. */
const NO_BODY = new Set([204, 205, 304]);

function isRefusal(error: unknown): boolean {
  return error instanceof HTTPError && error.response.status === 429;
}

function mayPass(error: Error): boolean {
  if (error instanceof HTTPError) return isPassingStatus(error.response.status);
  // What the throttle refuses will be refused again, and an abort is final.
  return !(error instanceof CodedError) && error.name !== 'AbortError';
}

function parse(text: string, subject: UpstreamSubject): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UpstreamInvalidResponseError(subject, 'is not JSON');
  }
}
