import { setMaxListeners } from 'node:events';
import type { CatalogView } from '../catalog/catalog-view.ts';
import type { CallContext } from '../mode/call-context.ts';
import type { Trail } from '../mode/call-observer.ts';
import type { RestClient } from '../mode/rest-client.ts';
import type { Clock } from '../throttle/clock.ts';
import { Deadline } from '../throttle/deadline.ts';
import type { Caller, Lane } from '../throttle/lane.ts';
import { partyOf } from '../throttle/party.ts';
import { ReservedPermits } from '../throttle/reserved-permits.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { BillKeeper, type Bill } from './bill.ts';
import { CallAllowance } from './call-allowance.ts';
import type { Demand } from './demand.ts';
import { DiscoveryAccess } from './discovery-access.ts';
import { forecast, type Forecast, type Need } from './forecast.ts';
import { knownSizes, type KnownSizes } from './known-sizes.ts';
import { LateBatches } from './late-batches.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Pins } from './parts.ts';
import { createRestLoaders } from './rest-loaders.ts';

/** One question being answered: its loaders, its bill, and the signal that says nobody listens any more. */
export interface Operation {
  readonly workspace: string;
  readonly load: Loaders;
  /** Goes on with the snapshots that a cursor was cut from. */
  pin(pins: Pins): void;
  bill(): Bill;
  /** How large the workspace is, as far as is known. */
  sizes(): KnownSizes;
  /** What it would cost to find all of this. Makes no call. */
  forecast(needs: readonly Need[]): Forecast;
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
  /** What its calls are traced by. @default nothing */
  readonly trail?: Trail | undefined;
}

export function openOperation(premises: Premises, options: OperationOptions): Operation {
  const { rest, catalog, clock, throttles, demand } = premises;
  const { maxAgeMs, keepLayout } = options;
  const bill = new BillKeeper();
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
  const discovery = new DiscoveryAccess({ catalog, clock, call, bill, maxAgeMs });
  const restLoaders = createRestLoaders({
    rest,
    call,
    keepLayout,
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
    sizes: () => knownSizes(discovery),
    forecast: (needs) => forecast(needs, discovery),
    close: () => {
      options.signal.removeEventListener('abort', onHangUp);
      over.abort(new DOMException('The question has been answered.', 'AbortError'));
    },
  };
}
