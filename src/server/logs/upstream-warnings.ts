import { connectionFailure } from '../../mode/connection-failure.ts';
import type { AttemptEnd, CallObserver } from '../../mode/call-observer.ts';
import type { UpstreamApi } from '../../mode/errors/upstream-error.ts';
import type { Clock } from '../../throttle/clock.ts';
import { LineLimit } from './line-limit.ts';

const MINUTE_MS = 60_000;

type Trouble = 'refused' | 'credential' | 'page' | 'unreachable' | 'slow' | 'failing';

const AGAIN = 'it is tried again where that may help';

/** What goes on after “Mode’s … API”. */
const SAID: Readonly<Record<Trouble, (end: AttemptEnd) => string>> = {
  refused: () =>
    'refused a call (429): more is called than MODE_RATE_LIMIT says, or others use the same key; everybody pauses',
  credential: () =>
    'does not accept the credential (401): check MODE_API_TOKEN and MODE_API_SECRET, unless callers bring their own',
  page: ({ status = 0 }) =>
    `is answered for by a web page (status ${status}): a proxy, a login page or another site, or MODE_BASE_URL is not Mode’s`,
  unreachable: ({ failure = 'UNKNOWN' }) => {
    const { why, remedy } = connectionFailure(failure);
    return `cannot be reached: ${why} (${failure}). ${remedy.replace(/\.$/, '')}; ${AGAIN}`;
  },
  slow: () => `did not answer a call in time (MODE_TIMEOUT); ${AGAIN}`,
  failing: ({ status = 0 }) => `could not answer a call (status ${status}); ${AGAIN}`,
};

/**
 * What an operator should know of Mode, whatever becomes of the questions. Each kind of trouble is told once a minute,
 * with how often it came: a Mode that is down fails a thousand calls for one reason.
 */
export function upstreamWarnings(warn: (message: string) => void, clock: Clock): CallObserver {
  const limits = new Map<string, LineLimit>();
  return {
    attempt: ({ subject: { api } }) => ({
      ended: (end) => {
        const trouble = troubleIn(end, api);
        if (!trouble) return;
        const kind = `${api} ${trouble}`;
        const limit = limits.get(kind) ?? new LineLimit({ clock, lines: 1, periodMs: MINUTE_MS });
        limits.set(kind, limit);
        const before = limit.pass();
        if (before === undefined) return;
        const more = before === 0 ? '' : `; so did ${before} more since this was last told`;
        warn(`Mode’s ${api === 'REST' ? 'REST' : 'Discovery'} API ${SAID[trouble](end)}${more}.`);
      },
    }),
  };
}

function troubleIn({ status = 0, outcome, isPage = false }: AttemptEnd, api: UpstreamApi): Trouble | undefined {
  if (outcome === 'cut') return undefined;
  if (status === 429) return 'refused';
  if (outcome === 'timeout') return 'slow';
  if (outcome === 'failed') return 'unreachable';
  if (status >= 500) return 'failing';
  // A page that says 404 may be Mode's own.
  if (isPage && status !== 404) return 'page';
  // Discovery's tokens end, and are replaced; where they cannot be, the catalog says which lists are missing.
  return status === 401 && api === 'REST' ? 'credential' : undefined;
}
