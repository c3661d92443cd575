import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { Random } from '../../src/simulator/world/random.ts';
import { bodyCutShort, HTML, whole } from './answers.ts';
import { Bucket, type Entry } from './ledger.ts';
import { SaidByMode, type Said } from './said-by-mode.ts';
import type { ClockView } from './simulated-clock.ts';
import { type RetryAfter, type Trouble, type Weather } from './weather.ts';

export interface UpstreamOptions {
  readonly seed: number;
  /** The upstream's own: its timers are not its clients'. */
  readonly clock: ClockView;
  readonly start: number;
  readonly windows: readonly RateWindow[];
  readonly discoveryWindows: readonly RateWindow[] | undefined;
  readonly concurrency: number;
  readonly weather: Weather;
  /** Told of what no client of ours should ever do. */
  readonly onBroken: (rule: string) => void;
}

/** A Mode without sockets, that misbehaves by seed, in virtual time, and remembers who called when. */
export class Upstream {
  readonly ledger: Entry[] = [];
  readonly buckets: readonly Bucket[];
  readonly mode: SaidByMode;
  /** May be changed at any time. */
  weather: Weather;
  readonly #options: UpstreamOptions;
  /** A connection holds its request; without it nobody would, and what aborts it might be collected before it does. */
  readonly #open = new Map<Entry, Request>();
  readonly #random: Random;
  readonly #isReal: boolean;

  constructor(options: UpstreamOptions) {
    const { seed, windows, discoveryWindows, weather, clock, start } = options;
    this.#options = options;
    this.#random = new Random(seed, 'upstream');
    this.#isReal = seed % 4 === 0;
    this.weather = weather;
    this.mode = new SaidByMode(start);
    const shared = new Bucket('shared', windows, weather.tighter);
    this.buckets = discoveryWindows ? [shared, new Bucket('discovery', discoveryWindows, weather.tighter)] : [shared];
    for (const at of weather.others) clock.schedule(() => shared.judge(start + at), at);
  }

  /** Takes a request as `fetch` does. */
  readonly fetch: typeof globalThis.fetch = async (input) => {
    const request = input as Request;
    const { clock, concurrency, onBroken } = this.#options;
    const { signal } = request;
    signal.throwIfAborted();
    const asked = {
      method: request.method,
      path: request.url.slice(new URL(request.url).origin.length),
      authorization: request.headers.get('authorization') ?? '',
    };
    const bucket = this.#bucketOf(asked.path);
    const now = clock.now();
    if (now < bucket.restsUntil && now > bucket.refusedAt) onBroken('a call left while everybody was to rest');
    if (++bucket.open > concurrency) onBroken('more calls are under way than may be');
    const transitMs = this.#random.int(0, this.weather.transitMs);
    const entry: Entry = {
      bucket,
      ...asked,
      sentAt: now,
      arrivedAt: now + transitMs,
      endedAt: undefined,
      status: undefined,
      trouble: undefined,
      isGivenUp: false,
    };
    this.ledger.push(entry);
    this.#open.set(entry, request);
    const body = asked.method === 'POST' ? await request.text() : '';
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        if (!this.#end(entry)) return;
        entry.isGivenUp = true;
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      // What has been sent arrives, whether or not anybody still waits for the answer.
      clock.schedule(() => {
        const answer = this.#arrive(entry, { ...asked, body });
        const waitMs = Math.max(0, entry.arrivedAt + answer.latencyMs - clock.now());
        if (answer.respond) {
          const { respond } = answer;
          clock.schedule(() => {
            signal.removeEventListener('abort', onAbort);
            if (this.#end(entry)) respond(signal, resolve, reject);
          }, waitMs);
        }
      }, transitMs);
    });
  };

  #bucketOf(path: string): Bucket {
    const [shared, discovery = shared] = this.buckets as readonly [Bucket, Bucket?];
    return path.startsWith('/batch/') ? discovery : shared;
  }

  /** False when it had ended before. */
  #end(entry: Entry): boolean {
    if (entry.endedAt !== undefined) return false;
    entry.endedAt = this.#options.clock.now();
    entry.bucket.open--;
    this.#open.delete(entry);
    return true;
  }

  #arrive(entry: Entry, asked: Omit<Parameters<SaidByMode['to']>[0], 'now'>): Arrived {
    const { weather } = this;
    const { bucket, path, arrivedAt: at } = entry;
    const drawn = this.#random.next();
    const isSlow = this.#random.chance(weather.slow);
    const latencyMs = Math.ceil(this.#random.next() * 2 * weather.latencyMs) * (isSlow ? 100 : 1);
    const verdict = bucket.judge(at);
    const told = verdict ? this.#rateHeaders(bucket, verdict.remaining) : {};
    const since = at - this.#options.start;
    const isBurst = weather.bursts.some(({ from, to }) => since >= from && since < to);
    const isVictim = weather.victims.some((piece) => path.includes(piece));
    const refused = !verdict || isBurst;
    const trouble = refused
      ? 'status429'
      : isVictim || drawn < weather.trouble
        ? this.#random.pick(weather.kinds)
        : undefined;
    entry.trouble = trouble;
    if (trouble === 'status429') return { latencyMs, respond: this.#refusal(entry) };
    return { latencyMs, respond: this.#answer(entry, trouble, this.mode.to({ ...asked, now: at }), told) };
  }

  #refusal(entry: Entry): Respond {
    const { clock } = this.#options;
    const { bucket } = entry;
    const style = this.#random.pick(this.weather.retryAfter);
    return (_signal, resolve) => {
      const now = clock.now();
      const shortest = Math.min(...bucket.windows.map(({ lengthMs }) => lengthMs));
      const waitMs = Math.max(1_000, bucket.waitMs(now));
      const { header, restMs } = RETRY_AFTER[style]({ now, waitMs, shortest });
      bucket.refusedAt = now;
      bucket.restsUntil = Math.max(bucket.restsUntil, now + restMs);
      entry.status = 429;
      resolve(whole(429, '{}', header === undefined ? {} : { 'retry-after': header }, this.#isReal));
    };
  }

  #answer(entry: Entry, trouble: Trouble | undefined, honest: Said, told: Record<string, string>): Respond | undefined {
    const say =
      (status: number, body: string): Respond =>
      (_signal, resolve) => {
        entry.status = status;
        resolve(whole(status, body, told, this.#isReal));
      };
    switch (trouble) {
      case undefined:
        return say(honest.status, honest.body);
      case 'silence':
        return undefined;
      case 'status500':
        return say(500, '{"id":"internal_server_error"}');
      case 'html502':
        return say(502, HTML);
      case 'html200':
        return say(200, HTML);
      case 'halfJson':
        return say(honest.status, honest.body.slice(0, honest.body.length >> 1));
      case 'reset':
        return (_signal, _resolve, reject) => reject(new TypeError('fetch failed'));
      default:
        return (signal, resolve) => {
          entry.status = honest.status;
          resolve(bodyCutShort(honest, this.#options.clock, signal));
        };
    }
  }

  #rateHeaders({ windows }: Bucket, remaining: number): Record<string, string> {
    if (!this.#random.chance(this.weather.remaining)) return {};
    const [first] = windows;
    const limit = windows.length === 1 && this.#random.chance(0.5) ? first?.limit : undefined;
    return {
      'x-ratelimit-remaining': String(remaining),
      ...(limit !== undefined && { 'x-ratelimit-limit': String(limit) }),
    };
  }
}

type Respond = (signal: AbortSignal, resolve: (response: Response) => void, reject: (error: Error) => void) => void;

interface Arrived {
  readonly latencyMs: number;
  /** Undefined when no answer ever comes. */
  readonly respond: Respond | undefined;
}

interface RefusedAt {
  readonly now: number;
  readonly waitMs: number;
  readonly shortest: number;
}

/** What a refusal says of coming back, and for how long everybody must rest at the least. */
const RETRY_AFTER: Record<RetryAfter, (at: RefusedAt) => { header: string | undefined; restMs: number }> = {
  none: ({ shortest }) => ({ header: undefined, restMs: shortest }),
  garbage: ({ shortest }) => ({ header: 'soon', restMs: shortest }),
  zero: () => ({ header: '0', restMs: 1_000 }),
  absurd: () => ({ header: '99999999', restMs: 600_000 }),
  seconds: ({ waitMs }) => ({
    header: String(Math.ceil(waitMs / 1_000)),
    restMs: Math.min(600_000, Math.ceil(waitMs / 1_000) * 1_000),
  }),
  date: ({ now, waitMs }) => {
    const until = Math.ceil((now + waitMs) / 1_000) * 1_000;
    return { header: new Date(until).toUTCString(), restMs: Math.min(600_000, until - now) };
  },
};
