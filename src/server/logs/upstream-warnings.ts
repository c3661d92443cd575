import type { AttemptEnd, CallObserver } from '../../mode/call-observer.ts';
import type { UpstreamApi } from '../../mode/errors/upstream-error.ts';
import type { Clock } from '../../throttle/clock.ts';
import { LineLimit } from './line-limit.ts';

const MINUTE_MS = 60_000;

type Trouble = 'refused' | 'credential' | 'unreachable';

const SAID: Readonly<Record<Trouble, string>> = {
  refused:
    'refused a call (429): more is called than MODE_RATE_LIMIT says, or others use the same key; everybody pauses',
  credential: 'does not accept the credential (401)',
  unreachable: 'did not answer a call (5xx, timeout or connection); it is tried again where that may help',
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
        warn(`Mode’s ${api === 'REST' ? 'REST' : 'Discovery'} API ${SAID[trouble]}${more}.`);
      },
    }),
  };
}

function troubleIn({ status, outcome }: AttemptEnd, api: UpstreamApi): Trouble | undefined {
  if (outcome === 'cut') return undefined;
  if (status === 429) return 'refused';
  // Discovery's tokens end, and are replaced; where they cannot be, the catalog says which lists are missing.
  if (status === 401) return api === 'REST' ? 'credential' : undefined;
  return outcome !== 'answered' || (status !== undefined && status >= 500) ? 'unreachable' : undefined;
}
