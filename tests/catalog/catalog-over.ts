import type { ReferenceName, ReferenceRows } from '../../src/catalog/catalog-lists.ts';
import { Catalog, type CatalogOptions, type ReadReference } from '../../src/catalog/catalog.ts';
import type { CallContext } from '../../src/mode/call-context.ts';
import { Flights } from '../../src/mode/flights.ts';
import type { RestClient } from '../../src/mode/rest-client.ts';
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
    readReference: references(house.rest),
    clock,
    maxAgeMs: 15 * MINUTE,
    ...options,
  });
}

function references(rest: RestClient): ReadReference {
  const readers: { readonly [Name in ReferenceName]: (call: CallContext) => Promise<readonly ReferenceRows[Name][]> } =
    {
      workspace: async (call) => [await rest.readWorkspace(call)],
      allCollections: (call) => rest.listCollections(call),
      dataSources: (call) => rest.listDataSources(call),
      people: (call) => rest.listMembers(call),
    };
  return (name, call) => readers[name](call);
}
