import { setMaxListeners } from 'node:events';
import type { CatalogListName } from '../catalog/catalog-lists.ts';
import type { CatalogView } from '../catalog/catalog-view.ts';
import type { CallContext } from '../mode/call-context.ts';
import type { Trail } from '../mode/call-observer.ts';
import type { RestClient } from '../mode/rest-client.ts';
import { toldClient } from '../mode/told-client.ts';
import type { Clock } from '../throttle/clock.ts';
import { Deadline } from '../throttle/deadline.ts';
import type { Caller, Lane } from '../throttle/lane.ts';
import { partyOf } from '../throttle/party.ts';
import { ReservedPermits } from '../throttle/reserved-permits.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { BillKeeper, type Bill } from './bill.ts';
import { CallAllowance, tooLongAWalk } from './call-allowance.ts';
import type { Demand } from './demand.ts';
import { DiscoveryAccess } from './discovery-access.ts';
import { forecast, type Forecast, type Need } from './forecast.ts';
import { LateBatches } from './late-batches.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Pins } from './parts.ts';
import type { Recall } from './recall.ts';
import { createRestLoaders } from './rest-loaders.ts';
import { TimelineKeeper } from './timeline.ts';

/** One question being answered: its loaders, its bill, and the signal that says nobody listens any more. */
export interface Operation {
  readonly workspace: string;
  readonly load: Loaders;
  /** Goes on with the snapshots that a cursor was cut from. */
  pin(pins: Pins): void;
  bill(): Bill;
  /**
   * The lists of the catalog it was answered from, with the moment each was read, in milliseconds since the epoch:
   * whoever asks the same of the same lists gets the same. Undefined when Mode was asked for a part of it.
   */
  heldLists(): ReadonlyMap<CatalogListName, number> | undefined;
  /** What is remembered of the workspace. */
  readonly recall: Recall;
  /** What it would cost to find all of this. Makes no call. */
  forecast(needs: readonly Need[]): Forecast;
  /** Seconds until the last of so many calls starts, by the rate limits as they stand. */
  secondsFor(calls: Bill['calls']): number;
  /** It is answered: reads that nobody waits for any more, because one beside them failed, are not made. */
  close(): void;
}

/** What all operations share. */
export interface Premises {
  readonly rest: RestClient;
  readonly catalog: CatalogView;
  readonly clock: Clock;
  /** Counts the calls to each API; one and the same where both count in one bucket. */
  readonly throttles: Throttles;
  readonly demand: Demand;
}

export interface Throttles {
  readonly rest: Throttle;
  readonly discovery: Throttle;
}

export interface OperationOptions {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Milliseconds it may take; what cannot be had by then is an error, and the rest is answered. */
  readonly timeoutMs: number;
  readonly keepLayout: boolean;
  /** Calls it may make; what would take more is an error, and the rest is answered. @default any number */
  readonly mostCalls?: number;
  /** How old the answer may be, in milliseconds; undefined when the caller does not mind. */
  readonly maxAgeMs: number | undefined;
  /** Whether its bill says when each call was made. @default false */
  readonly timeline?: boolean;
  /** What its calls are traced by. @default nothing */
  readonly trail?: Trail | undefined;
}

/** One for all: where it was made tells nothing. */
const ANSWERED = new DOMException('The question has been answered.', 'AbortError');

export function openOperation(premises: Premises, options: OperationOptions): Operation {
  const { catalog, clock, throttles, demand } = premises;
  const { maxAgeMs, keepLayout } = options;
  const bill = new BillKeeper(options.timeline === true ? new TimelineKeeper(clock.now()) : undefined);
  const over = new AbortController();
  const { signal } = over;
  const onHangUp = (): void => over.abort(options.signal.reason);
  if (options.signal.aborted) onHangUp();
  options.signal.addEventListener('abort', onHangUp, { once: true });
  // Every queued call listens; Node takes more than ten listeners for a leak and says so on standard error.
  setMaxListeners(0, signal);
  const deadline = new Deadline(clock.now() + options.timeoutMs, clock);
  const lane: Lane = { caller: options.caller, deadline: deadline.at };
  const party = partyOf(lane);
  const reserved = new ReservedPermits();
  const batches = new LateBatches({
    catalog,
    throttleOf: (source) => (source === 'REST' ? throttles.rest : throttles.discovery),
    party,
    signal,
    deadline,
    reserved,
    bill,
    now: () => clock.now(),
  });
  const call: CallContext = {
    signal,
    party,
    deadline,
    live: maxAgeMs === 0,
    ...(options.trail && { trails: [options.trail] }),
    takePermit: (throttle) => reserved.take(throttle),
    reserveCall: new CallAllowance(options.mostCalls ?? Infinity).take,
    onCall: bill.add,
    onSharedCall: bill.addShared,
    onBoard: batches.readingBegins,
    onLeave: batches.readingEnds,
  };
  let hasAskedRest = false;
  const rest = toldClient(premises.rest, () => (hasAskedRest = true));
  const discovery = new DiscoveryAccess({ catalog, clock, call, bill, maxAgeMs });
  const restLoaders = createRestLoaders({
    rest,
    call,
    keepLayout,
    ensureTimeToWalk(collections, unread) {
      const calls = bill.restCalls + unread;
      if (throttles.rest.leastMsFor(calls) < options.timeoutMs) return;
      // Of a question without any time there is none: even the first call would come too late.
      let limit = calls;
      while (limit > 0 && throttles.rest.leastMsFor(limit) >= options.timeoutMs) limit--;
      throw tooLongAWalk(collections, calls, limit, options.timeoutMs);
    },
    // The catalog may be reading it already.
    listCollections: () => discovery.reference('allCollections', () => rest.listCollections(call)),
  });
  return {
    workspace: rest.workspace,
    load: createLoaders({ rest: restLoaders, discovery, bill, batches, demand }),
    pin: (pins) => {
      discovery.pin(pins);
    },
    bill: () => bill.read(),
    heldLists: () => (hasAskedRest ? undefined : discovery.heldLists),
    recall: discovery,
    forecast: (needs) => forecast(needs, discovery),
    secondsFor(calls) {
      if (throttles.rest === throttles.discovery) return throttles.rest.secondsFor(calls.rest + calls.discovery, lane);
      return Math.max(
        throttles.rest.secondsFor(calls.rest, lane),
        throttles.discovery.secondsFor(calls.discovery, lane),
      );
    },
    close: () => {
      options.signal.removeEventListener('abort', onHangUp);
      over.abort(ANSWERED);
    },
  };
}
