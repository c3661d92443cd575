/**
 * Floor 2, Mode: how to call it. Credentials, paging rules, payloads -> records, errors.
 *
 * It knows URLs and HAL. It must never know GraphQL, nor why a thing is wanted.
 *
 * This file is the one way out of the house: every call to Mode passes through `createHttp`.
 */
import ky from 'ky';
import type { Told } from '../throttle/budget.ts';
import type { Clock } from '../throttle/clock.ts';
import { CodedError } from '../throttle/coded-error.ts';
import { RateLimitedError } from '../throttle/rate-limited-error.ts';
import type { Permit, Priority, Throttle, Ticket } from '../throttle/throttle.ts';
import type { CallContext } from './call-context.ts';
import type { AttemptOutcome, AttemptWatch, CallObserver } from './call-observer.ts';
import { failureCode } from './connection-failure.ts';
import { UpstreamTimeoutError } from './errors/upstream-timeout-error.ts';
import { UpstreamUnavailableError } from './errors/upstream-unavailable-error.ts';
import type { UpstreamSubject } from './errors/upstream-error.ts';
import { isMissing, isWebPage, readJson, refusal, type Reply } from './reply.ts';
import { isPassingStatus, MOST_REFUSALS, MOST_RETRIES, retryDelayMs } from './retry-policy.ts';
import { sleep } from './sleep.ts';
import { slices } from './slices.ts';

export interface HttpOptions {
  /** Origin of Mode, without a path. */
  readonly baseUrl: string;
  /** Value of the `Authorization` header. Held in this closure only; never in a URL, a log or an error. @default none */
  readonly authorization?: string | undefined;
  readonly accept: string;
  readonly throttle: Throttle;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Milliseconds one attempt may take, body included, waiting for the throttle excluded. */
  readonly timeoutMs: number;
  /** Carries a request to Mode. @default the machine's own */
  readonly fetch?: typeof globalThis.fetch;
  /** Watches every attempt. @default nobody */
  readonly observer?: CallObserver | undefined;
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
  /** Shown the text of an answer before it is parsed, which takes long: what it returns is the body in its stead, unless undefined. */
  recognise?(text: string): unknown;
}

export interface Answer {
  readonly body: unknown;
  /** When the answer was complete, in milliseconds since the epoch. */
  readonly asOf: number;
}

/** Characters that take a millisecond or two to parse. */
const LONG_TEXT = 200_000;

export interface Http {
  /**
   * Makes one call and reads JSON. Waits its turn, retries what may pass (5xx, network errors, timeouts), sits out 429.
   *
   * @throws {UpstreamError} subclasses, {RateLimitedError} and {BudgetExhaustedError}; the signal's reason when it is aborted
   */
  request(request: HttpRequest, context: CallContext): Promise<Answer | undefined>;
}

export function createHttp(options: HttpOptions): Http {
  const { throttle, clock } = options;
  const { host } = new URL(options.baseUrl);
  const client = ky.create({
    prefixUrl: options.baseUrl,
    headers: {
      accept: options.accept,
      ...(options.authorization !== undefined && { authorization: options.authorization }),
      'user-agent': 'mode-graphql',
    },
    // A redirect leads to a login page; following it would spend calls to read HTML.
    redirect: 'manual',
    throwHttpErrors: false,
    // Both are done here, on the clock that is passed in: ky has only the machine's.
    retry: 0,
    timeout: false,
    ...(options.fetch && { fetch: options.fetch }),
  });

  return {
    async request(request, context) {
      const ticket = throttle.takeTicket();
      let refusals = 0;
      for (let attempts = 1; ;) {
        const reply = await attempt(request, context, ticket, { refusals, resends: attempts - 1 + refusals });
        if (!(reply instanceof Error)) {
          if (reply.status >= 200 && reply.status < 300) {
            return read(reply, request);
          }
          if (isMissing(reply, request.missing)) return undefined;
          if (reply.status === 429) {
            refusals++;
            if (refusals === MOST_REFUSALS) throw new RateLimitedError(secondsUntil(throttle.state().pausedUntil));
            continue;
          }
        }
        const error = reply instanceof Error ? reply : refusal(reply, request.subject);
        const mayPass = reply instanceof Error || isPassingStatus(reply.status);
        const delay = retryDelayMs(attempts, options.random());
        const isTooLate = clock.now() + delay > (context.party?.deadline ?? Infinity);
        if (!mayPass || isTooLate || attempts > MOST_RETRIES || (request.method ?? 'GET') !== 'GET') throw error;
        attempts++;
        await sleep(delay, clock, context.signal);
      }
    },
  };

  /** Sends it once. Returns what may be different next time: a timeout, a connection that failed. */
  async function attempt(
    request: HttpRequest,
    context: CallContext,
    ticket: Ticket,
    before: { readonly refusals: number; readonly resends: number },
  ): Promise<Reply | UpstreamTimeoutError | UpstreamUnavailableError> {
    const { subject } = request;
    const priority = (): Priority => context.priority ?? 'person';
    let askedAt = clock.now();
    const timeout = new AbortController();
    let permit: Permit | undefined;
    let stopTimer: (() => void) | undefined;
    let takeBack: (() => void) | undefined;
    let waitedMs = 0;
    let status: number | undefined;
    /** Its text may then have to wait to be parsed, which is no time of Mode's. */
    let wholeAt: number | undefined;
    let watch: AttemptWatch | undefined;
    let outcome: AttemptOutcome = 'failed';
    let isPage = false;
    let failure: string | undefined;
    try {
      const head = await client(request.path.slice(1), {
        method: request.method ?? 'GET',
        ...(request.json !== undefined && { json: request.json }),
        ...(request.authorization !== undefined && { headers: { authorization: request.authorization } }),
        ...(request.search && { searchParams: { ...request.search } }),
        signal: context.signal ? AbortSignal.any([context.signal, timeout.signal]) : timeout.signal,
        hooks: {
          // Here, and not in `fetch`: the request stands ready, and goes the moment it may.
          beforeRequest: [
            async (ready) => {
              askedAt = clock.now();
              takeBack = context.reserveCall?.();
              permit =
                context.takePermit?.(throttle) ??
                (await throttle.acquire({ ticket, signal: context.signal, party: context.party, priority }));
              waitedMs = clock.now() - askedAt;
              stopTimer = clock.schedule(() => timeout.abort(), options.timeoutMs);
              context.onStart?.(subject);
              watch = options.observer?.attempt({
                subject,
                method: request.method ?? 'GET',
                host,
                sentAt: askedAt + waitedMs,
                waitedMs,
                resends: before.resends,
                trails: () => context.trails ?? [],
              });
              for (const [name, value] of Object.entries(watch?.headers ?? {})) ready.headers.set(name, value);
            },
          ],
        },
      });
      status = head.status;
      // Before settling, which may let the next call go.
      if (status === 429) throttle.refused(head.headers.get('retry-after'), before.refusals + 1);
      else throttle.answered(toldBy(head.headers, askedAt + waitedMs));
      permit?.settle();
      // A body cut short or too slow is this attempt's failure, and is retried as one.
      const text = await head.text();
      wholeAt = clock.now();
      stopTimer?.();
      outcome = 'answered';
      isPage = isWebPage(text);
      // Pages of a scan come several at once, and each holds the event loop for as long as it takes to parse. Before the next call
      // may go: it would else bring more of them than are read, and they would lie there by the hundred.
      if (text.length > LONG_TEXT && slices.isOver) await slices.next();
      context.signal?.throwIfAborted();
      return { status, text, isPage };
    } catch (error) {
      if (context.signal?.aborted === true) outcome = 'cut';
      else if (timeout.signal.aborted) outcome = 'timeout';
      context.signal?.throwIfAborted();
      if (error instanceof CodedError) throw error;
      if (timeout.signal.aborted) return new UpstreamTimeoutError(subject, options.timeoutMs);
      failure = failureCode(error);
      return new UpstreamUnavailableError(subject, { failure, cause: error });
    } finally {
      stopTimer?.();
      if (!permit) takeBack?.();
      if (permit) {
        const isCut = status === undefined && (timeout.signal.aborted || context.signal?.aborted === true);
        if (isCut) permit.abandon();
        else permit.release();
        const endedAt = wholeAt ?? clock.now();
        context.onCall?.({ subject, askedAt, waitedMs, endedAt, status });
        watch?.ended({ endedAt, status, outcome, isPage, failure });
      }
    }
  }

  function read(reply: Reply, { method, subject, recognise }: HttpRequest): Answer {
    const known = recognise?.(reply.text);
    if (known !== undefined) return { body: known, asOf: Math.floor(clock.now()) };
    // What deletes may have nothing to say.
    const body = reply.text === '' && method === 'DELETE' ? undefined : readJson(reply, subject);
    return { body, asOf: Math.floor(clock.now()) };
  }

  function secondsUntil(time: number): number {
    return Math.max(1, Math.ceil((time - clock.now()) / 1_000));
  }
}

/** What an answer says of Mode's count, to a call that was sent at `at`. */
function toldBy(headers: Headers, at: number): Told | undefined {
  const remaining = whole(headers, 'x-ratelimit-remaining');
  return remaining === undefined ? undefined : { remaining, limit: whole(headers, 'x-ratelimit-limit'), at };
}

/** A header that counts calls; undefined when it is not there or counts nothing. */
function whole(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
