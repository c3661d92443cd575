import { setMaxListeners } from 'node:events';
import type { Catalog } from '../catalog/catalog.ts';
import type { RestClient } from '../mode/rest-client.ts';
import type { Clock } from '../throttle/clock.ts';
import { BillKeeper, type Bill } from './bill.ts';
import { DiscoveryAccess } from './discovery-access.ts';
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
}

export interface OperationOptions {
  readonly rest: RestClient;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly keepLayout: boolean;
  /** How old the answer may be, in milliseconds; undefined when the caller does not mind. */
  readonly maxAgeMs: number | undefined;
}

export function openOperation({ rest, catalog, clock, signal, keepLayout, maxAgeMs }: OperationOptions): Operation {
  const bill = new BillKeeper();
  // Every queued call listens; Node takes more than ten listeners for a leak and says so on standard error.
  setMaxListeners(0, signal);
  const call = { signal, onCall: bill.add };
  const discovery = new DiscoveryAccess({ catalog, clock, call, bill, maxAgeMs });
  return {
    workspace: rest.workspace,
    load: createLoaders({ rest: createRestLoaders({ rest, call, keepLayout }), discovery, bill }),
    pin: (pins) => {
      discovery.pin(pins);
    },
    bill: () => bill.read(),
  };
}
