import type { Answered } from '../asking/answers.ts';
import { number } from '../words/counts.ts';
import { age, duration } from '../words/durations.ts';
import type { Upstream } from '../wire/upstream.ts';
import { Figure, Figures } from './figures.tsx';
import { PlanTable } from './plan-table.tsx';
import { TimeLine } from './time-line.tsx';
import { useNow } from './use-now.ts';

export interface AnsweredSectionProps {
  readonly answered: Answered;
  readonly skewMs: number;
}

/** The bill of the last answer. */
export function AnsweredSection({ answered, skewMs }: AnsweredSectionProps) {
  const { name, at, upstream, errors } = answered;
  return (
    <section className="upstream-card" aria-labelledby="upstream-answer" data-testid="answered">
      <div className="upstream-card-head">
        <h3 id="upstream-answer">{name ?? 'The last answer'}</h3>
        <time className="upstream-small" dateTime={new Date(at).toISOString()}>
          {new Date(at).toLocaleTimeString('en-GB')}
        </time>
      </div>
      {upstream ? (
        <Bill upstream={upstream} skewMs={skewMs} roundTripMs={answered.roundTripMs} />
      ) : (
        <p>It was refused, and made no call: {errors[0] ?? 'the answer does not say why'}</p>
      )}
    </section>
  );
}

interface BillProps {
  readonly upstream: Upstream;
  readonly skewMs: number;
  readonly roundTripMs: number;
}

function Bill({ upstream, skewMs, roundTripMs }: BillProps) {
  const { calls, waitedMs, plan, snapshotAsOf, notes, timeline } = upstream;
  const total = calls.rest + calls.discovery;
  const now = useNow(1_000);
  return (
    <>
      <Figures>
        <Figure
          name="Calls to Mode"
          testid="calls"
          detail={
            <>
              <span className="upstream-dot is-rest" />
              <span data-testid="calls-rest">{number(calls.rest)}</span> REST{' '}
              <span className="upstream-dot is-discovery" />
              <span data-testid="calls-discovery">{number(calls.discovery)}</span> Discovery
            </>
          }
        >
          {number(total)}
        </Figure>
        <Figure name="Waited" testid="waited" detail={`answered in ${duration(roundTripMs)}`}>
          {duration(waitedMs)}
        </Figure>
      </Figures>
      <p className="upstream-sentence" data-testid="snapshot">
        {snapshotAsOf === null ? (
          'Nothing came from what the gateway holds: all of it is as Mode has it now.'
        ) : (
          <>
            The oldest list that was used is <b>{age(now + skewMs - Date.parse(snapshotAsOf))}</b>, read at{' '}
            <time dateTime={snapshotAsOf} data-testid="snapshot-as-of">
              {snapshotAsOf}
            </time>
            .
          </>
        )}
      </p>
      {timeline && timeline.calls.length > 0 && (
        <>
          <h4>When Mode was called</h4>
          <TimeLine timeline={timeline} />
        </>
      )}
      {plan.length > 0 && (
        <>
          <h4>How it was found</h4>
          <PlanTable steps={plan} label="How it was found" />
        </>
      )}
      {notes.length > 0 && (
        <>
          <h4>To know</h4>
          <ul className="upstream-notes">
            {notes.map(({ code, message }) => (
              <li key={code} data-testid="note">
                {message} <code>{code}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
