import type { Limit } from '../asking/answers.ts';
import { counted, number } from '../words/counts.ts';
import { duration, secondsUntil } from '../words/durations.ts';
import { useNow } from './use-now.ts';

/** What is left of Mode's limit, as the last answer told, and how long until all of it is. */
export function RateLimit({ limit }: { readonly limit: Limit }) {
  const now = useNow(250);
  const seconds = secondsUntil(limit.wholeAgainAt, now);
  const isWhole = seconds === 0;
  const remaining = isWhole ? limit.limit : limit.remaining;
  return (
    <section className="upstream-card" aria-labelledby="upstream-limit">
      <div className="upstream-card-head">
        <h3 id="upstream-limit">Mode’s limit</h3>
        <span className="upstream-figure">
          <b data-testid="limit-remaining">{number(remaining)}</b> of{' '}
          <span data-testid="limit-limit">{number(limit.limit)}</span> calls left
        </span>
      </div>
      <div
        className="upstream-bar"
        role="meter"
        aria-label="Calls left"
        aria-valuemin={0}
        aria-valuemax={limit.limit}
        aria-valuenow={remaining}
      >
        <div
          className={remaining * 4 < limit.limit ? 'upstream-bar-left is-scarce' : 'upstream-bar-left'}
          style={{ width: `${(100 * remaining) / Math.max(1, limit.limit)}%` }}
        />
      </div>
      <p className="upstream-small">
        <span data-testid="limit-refill">
          {isWhole ? 'All of them are free, as far as this page knows.' : `All of them again in ${seconds} s.`}
        </span>{' '}
        {limit.paused && !isWhole && <strong>Mode has refused a call: nobody calls until then. </strong>}
        {limit.queued > 0 &&
          !isWhole &&
          `${counted(limit.queued, 'call')} waited in line; a new one would have waited ${duration(limit.estimatedWaitSeconds * 1_000)}. `}
        {limit.scope === 'REDIS' && 'Counted with the other gateways.'}
        {limit.scope === 'STATIC_SHARE' && 'This gateway’s share, while Redis cannot be asked.'}
      </p>
    </section>
  );
}
