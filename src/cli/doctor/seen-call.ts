import { failureCode } from '../../mode/connection-failure.ts';
import type { Clock } from '../../throttle/clock.ts';

/** One call to Mode as it went over the wire, without what it carried. Times are milliseconds since the epoch. */
export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  /** Why none came, as Node calls it: `ECONNREFUSED`, `ENOTFOUND`; `TIMEOUT` when we had waited long enough. */
  readonly failure: string | undefined;
  /** When Mode says it answered; undefined when it does not. */
  readonly date: number | undefined;
  readonly isHtml: boolean;
  /** Origin it was sent on to. */
  readonly redirect: string | undefined;
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
}

/** The machine's own `fetch`, which writes down what it sees. */
export function watchedFetch(seen: SeenCall[], clock: Clock): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const sentAt = clock.now();
    const asked = { method: request.method, path: new URL(request.url).pathname, sentAt };
    try {
      const response = await fetch(request);
      seen.push({ ...asked, answeredAt: clock.now(), status: response.status, failure: undefined, ...read(response) });
      return response;
    } catch (error) {
      const failure = request.signal.aborted ? 'TIMEOUT' : failureCode(error);
      seen.push({ ...asked, answeredAt: clock.now(), status: undefined, failure, ...NOTHING });
      throw error;
    }
  };
}

type Read = Pick<SeenCall, 'date' | 'isHtml' | 'redirect' | 'limit' | 'remaining'>;

const NOTHING: Read = { date: undefined, isHtml: false, redirect: undefined, limit: undefined, remaining: undefined };

function read({ headers, url }: Response): Read {
  const date = Date.parse(headers.get('date') ?? '');
  const location = headers.get('location');
  return {
    date: Number.isNaN(date) ? undefined : date,
    isHtml: /\bhtml\b/i.test(headers.get('content-type') ?? ''),
    redirect: location !== null && URL.canParse(location, url) ? new URL(location, url).origin : undefined,
    limit: whole(headers.get('x-ratelimit-limit')),
    remaining: whole(headers.get('x-ratelimit-remaining')),
  };
}

function whole(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
