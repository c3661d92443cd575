import { referenceReader } from '../../src/house.ts';
import { Catalog, type CatalogOptions } from '../../src/catalog/catalog.ts';
import { Flights } from '../../src/mode/flights.ts';
import type { DiscoveryHouse } from './discovery-house.ts';

export const MINUTE = 60_000;

/** A catalog over a house whose lists stay fresh for a quarter of an hour. */
export function catalogOver(house: DiscoveryHouse, options: Partial<CatalogOptions> = {}): Catalog {
  const { throttle, clock } = house;
  const flights = new Flights({
    waitMs: (lane, ahead) => throttle.earliestStart(lane, ahead) - clock.now(),
    likelyWaitMs: (lane, ahead) => throttle.likelyStart(lane, ahead) - clock.now(),
    onPriorityChange: () => throttle.reconsider(),
  });
  return new Catalog({
    flights,
    discovery: house.discovery,
    readReference: referenceReader(house.rest),
    clock,
    maxAgeMs: 15 * MINUTE,
    ...options,
  });
}
