import './time-line.css';
import type { CSSProperties } from 'react';
import { calls as callsInWords, counted } from '../words/counts.ts';
import { duration } from '../words/durations.ts';
import { sourceName } from '../words/plan-words.ts';
import type { Timeline, TimelineCall } from '../wire/upstream.ts';
import { layOut, type Span } from './time-line-layout.ts';

/** When the calls to Mode were made: drawn, and as a table for who cannot see it or wants it exact. */
export function TimeLine({ timeline }: { readonly timeline: Timeline }) {
  const { apis, waits, ticks, lengthMs } = layOut(timeline);
  const of = (api: string): number => timeline.calls.filter((call) => call.api === api).length;
  const waitedMs = timeline.waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const summary = `${callsInWords({ rest: of('REST'), discovery: of('DISCOVERY') })} over ${duration(lengthMs)}, ${duration(waitedMs)} of it waiting.`;
  return (
    <>
      <div className="upstream-line" role="img" aria-label={summary} data-testid="time-line">
        {waits.length > 0 && (
          <div className="upstream-line-row">
            <span className="upstream-line-name">waiting</span>
            <div className="upstream-line-lane is-wait">
              {waits.map((wait, index) => (
                <div key={index} className="upstream-line-wait" style={place(wait)} />
              ))}
            </div>
          </div>
        )}
        {apis.map(({ api, lanes }) => (
          <div className="upstream-line-row" key={api}>
            <span className="upstream-line-name">{sourceName(api)}</span>
            <div>
              {lanes.map((bars, index) => (
                <div className="upstream-line-lane" key={index}>
                  {bars.map(({ call, ...span }, at) => (
                    <div
                      key={at}
                      className={`upstream-line-bar is-${api.toLowerCase()}${isFailed(call) ? ' is-failed' : ''}`}
                      style={place(span)}
                      title={`${call.what}: ${statusOf(call)}, after ${duration(call.askedMs + call.waitedMs)}, took ${duration(call.tookMs)}`}
                      data-testid="time-line-call"
                    />
                  ))}
                </div>
              ))}
            </div>
          </div>
        ))}
        <div className="upstream-line-ticks">
          {ticks.map(({ ms, left }) => (
            <span key={ms} style={{ left: percent(left) }} className={left > 0.8 ? 'is-last' : undefined}>
              {ms === 0 ? '0' : duration(ms)}
            </span>
          ))}
        </div>
      </div>
      <details className="upstream-details">
        <summary>{counted(timeline.calls.length, 'call')} as a table</summary>
        <div className="upstream-scroll" tabIndex={0} role="region" aria-label="Calls as a table">
          <table className="upstream-table">
            <thead>
              <tr>
                <th scope="col">Endpoint</th>
                <th scope="col" className="is-number" title="Since the question came in">
                  Asked
                </th>
                <th scope="col" className="is-number">
                  Waited
                </th>
                <th scope="col" className="is-number">
                  Took
                </th>
                <th scope="col" className="is-number">
                  Status
                </th>
              </tr>
            </thead>
            <tbody>
              {timeline.calls.map((call, index) => (
                <tr key={index} data-testid="time-line-row">
                  <th scope="row">
                    <span className={`upstream-dot is-${call.api.toLowerCase()}`} />
                    {call.what}
                  </th>
                  <td className="is-number">{call.askedMs < 0 ? 'before' : duration(call.askedMs)}</td>
                  <td className="is-number">{duration(call.waitedMs)}</td>
                  <td className="is-number">{duration(call.tookMs)}</td>
                  <td className="is-number">{call.status ?? 'none'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      {timeline.leftOut > 0 && (
        <p className="upstream-small">{counted(timeline.leftOut, 'call')} more, left out for their number.</p>
      )}
    </>
  );
}

function place({ left, width }: Span): CSSProperties {
  return { left: percent(left), width: percent(width) };
}

function percent(part: number): string {
  return `${100 * part}%`;
}

function isFailed({ status }: TimelineCall): boolean {
  return status === null || status >= 400;
}

function statusOf({ status }: TimelineCall): string {
  return status === null ? 'no answer' : `status ${status}`;
}
