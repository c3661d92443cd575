import { LocalBudget } from '../../src/throttle/local-budget.ts';
import { Throttle, type Permit, type Ticket } from '../../src/throttle/throttle.ts';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { VirtualClock } from './virtual-clock.ts';

/** One call of a random pattern. Times are milliseconds, counted from the start or from its grant. */
export interface PlannedCall {
  readonly asksAt: number;
  readonly settlesAfter: number;
  readonly releasesAfter: number;
  readonly givesUpAt: number | undefined;
  /** The Retry-After of each 429 it meets before it is answered. */
  readonly refusals: readonly (string | null)[];
}

export interface Pattern {
  readonly windows: readonly RateWindow[];
  readonly concurrency: number;
  readonly transitMs: number;
  readonly calls: readonly PlannedCall[];
}

/** One attempt: the first and the last moment at which it can have reached the server. */
export interface Arrival {
  readonly from: number;
  to: number;
}

export interface Outcome {
  readonly arrivals: readonly Arrival[];
  /** How each call ended. */
  readonly ends: readonly ('answered' | 'gave up' | 'lost')[];
  /** Rules that were broken, in words. */
  readonly broken: readonly string[];
}

/** Plays a pattern against a throttle, watching order, concurrency and pauses at every grant. */
export async function play({ windows, concurrency, transitMs, calls }: Pattern): Promise<Outcome> {
  const clock = new VirtualClock();
  const throttle = new Throttle({
    windows,
    budget: new LocalBudget({ windows, clock, transitMs }),
    concurrency,
    clock,
  });
  const shortest = Math.min(...windows.map((window) => window.lengthMs));
  const arrivals: Arrival[] = [];
  const broken: string[] = [];
  const ends = calls.map((): 'answered' | 'gave up' | 'lost' => 'lost');
  const waiting = new Set<Ticket>();
  let running = 0;
  let pausedUntil = 0;

  const attempt = (plan: PlannedCall, place: number, ticket: Ticket, tries: number, signal: AbortSignal): void => {
    waiting.add(ticket);
    throttle.acquire({ ticket, signal }).then(
      (permit) => {
        waiting.delete(ticket);
        for (const other of waiting) if (other < ticket) broken.push(`${ticket} went before ${other}`);
        if (++running > concurrency) broken.push(`${running} at once`);
        if (clock.now() < pausedUntil) broken.push(`${ticket} went during a pause`);
        underway(permit, plan, place, ticket, tries, signal);
      },
      () => {
        waiting.delete(ticket);
        ends[place] = 'gave up';
      },
    );
  };

  const underway = (
    permit: Permit,
    plan: PlannedCall,
    place: number,
    ticket: Ticket,
    tries: number,
    signal: AbortSignal,
  ): void => {
    const granted = clock.now();
    const arrival = { from: granted, to: granted + transitMs };
    arrivals.push(arrival);
    clock.schedule(() => {
      arrival.to = Math.min(arrival.to, clock.now());
      const hint = plan.refusals[tries];
      if (hint !== undefined) {
        const seconds = Number(hint ?? NaN);
        const pause = Number.isNaN(seconds) ? shortest : Math.max(1_000, seconds * 1_000);
        pausedUntil = Math.max(pausedUntil, clock.now() + pause);
        throttle.refused(hint);
      }
      permit.settle();
    }, plan.settlesAfter);
    clock.schedule(() => {
      running--;
      permit.release();
      // In a turn of its own: whom the release let go has gone before this one is back.
      if (tries < plan.refusals.length) clock.schedule(() => attempt(plan, place, ticket, tries + 1, signal), 0);
      else ends[place] = 'answered';
    }, plan.settlesAfter + plan.releasesAfter);
  };

  for (const [place, plan] of calls.entries()) {
    const controller = new AbortController();
    clock.schedule(() => attempt(plan, place, throttle.takeTicket(), 0, controller.signal), plan.asksAt);
    if (plan.givesUpAt !== undefined) clock.schedule(() => controller.abort(), plan.givesUpAt);
  }
  await clock.runUntilIdle();
  const { queued, running: left } = throttle.state();
  if (queued > 0 || left > 0) broken.push(`${queued} waiting and ${left} running in the end`);
  return { arrivals, ends, broken };
}

/**
 * The most arrivals one window can hold, were each call to arrive at the worst moment it could. Moving
 * a window later until it loses somebody loses nothing, so only windows that begin at a last moment count.
 */
export function worstWindow(arrivals: readonly Arrival[], lengthMs: number): number {
  const counts = arrivals.map(
    ({ to: begin }) => arrivals.filter(({ from, to }) => to >= begin && from < begin + lengthMs).length,
  );
  return Math.max(0, ...counts);
}
