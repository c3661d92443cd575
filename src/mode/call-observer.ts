import type { UpstreamSubject } from './errors/upstream-error.ts';

/** For whom a call is made, as its observer tells operations apart. Means nothing to anybody else. */
export type Trail = object;

/** One attempt, at the moment it is let go. */
export interface Attempt {
  readonly subject: UpstreamSubject;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Host and port it goes to. */
  readonly host: string;
  /** In milliseconds since the epoch. */
  readonly sentAt: number;
  /** Milliseconds it waited for the throttle. */
  readonly waitedMs: number;
  /** Attempts of the same call that went before it, refused ones included. */
  readonly resends: number;
  /** Of all who wait for it by now, whose bill it is on first. None: nobody in particular asked for it. */
  trails(): readonly Trail[];
}

/**
 * `answered`: an answer came whole, whatever its status. `timeout`: it took too long. `failed`: the connection did.
 * `cut`: nobody wanted it any more.
 */
export type AttemptOutcome = 'answered' | 'timeout' | 'failed' | 'cut';

export interface AttemptEnd {
  /** In milliseconds since the epoch. */
  readonly endedAt: number;
  /** HTTP status; undefined when no answer began. */
  readonly status: number | undefined;
  readonly outcome: AttemptOutcome;
  /** What came was a page for people, as of a proxy or a login. @default no */
  readonly isPage?: boolean;
  /** Why the connection failed, as Node.js calls it: `ECONNREFUSED`. */
  readonly failure?: string | undefined;
}

export interface AttemptWatch {
  /** Sent along with it. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  ended(end: AttemptEnd): void;
}

/** Watches the calls to Mode: for metrics, traces and the log. It sees no URL, no body and no credential. */
export interface CallObserver {
  /** Told of each attempt as it is let go; what it returns is told how that one ended. */
  attempt(attempt: Attempt): AttemptWatch;
}

/** Tells all of them. */
export function observers(all: readonly CallObserver[]): CallObserver {
  return {
    attempt(attempt) {
      const watches = all.map((observer) => observer.attempt(attempt));
      return {
        headers: Object.assign({}, ...watches.map(({ headers }) => headers)) as Record<string, string>,
        ended: (end) => {
          for (const watch of watches) watch.ended(end);
        },
      };
    },
  };
}
