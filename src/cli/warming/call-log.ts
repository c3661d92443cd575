import type { CallObserver } from '../../mode/call-observer.ts';
import type { UpstreamApi } from '../../mode/errors/upstream-error.ts';
import type { Clock } from '../../throttle/clock.ts';

/** One call to Mode. Times are milliseconds since the epoch. */
export interface SeenCall {
  readonly api: UpstreamApi;
  readonly sentAt: number;
  /** Undefined while it is under way. */
  endedAt: number | undefined;
}

/** All calls that are made, those for a signature token among them. */
export class CallLog implements CallObserver {
  readonly calls: SeenCall[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly attempt: CallObserver['attempt'] = ({ subject: { api }, sentAt }) => {
    const call: SeenCall = { api, sentAt, endedAt: undefined };
    this.calls.push(call);
    return {
      ended: () => {
        call.endedAt = this.#clock.now();
      },
    };
  };

  count(api: UpstreamApi): number {
    return this.calls.filter((call) => call.api === api).length;
  }
}
