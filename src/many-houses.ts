import { Catalog } from './catalog/catalog.ts';
import { VisibleCatalog } from './catalog/visible-catalog.ts';
import { createDiscoveryCatalog } from './discovery.ts';
import { createHouse, createModeClient, createThrottle, flightsOver, referenceReader, type Ground } from './house.ts';
import { Houses } from './houses.ts';
import type { Throttles } from './loading/operation.ts';
import type { Rooms } from './rooms.ts';
import { createPassThroughDoor } from './server/callers/pass-through-door.ts';
import { createReadiness, reach } from './server/readiness.ts';

/** A house that nobody was in for so long is taken down. */
const IDLE_MS = 600_000;

/** Credentials that callers bring, at once. Each holds its count, and with Redis a connection. */
const MOST_CREDENTIALS = 500;

/** Each caller's questions are answered with the API key that they bring, and nobody else sees the answers. */
export function manyHouses(ground: Ground, believedMs: number): Rooms {
  const { config, clock } = ground;
  const { mode, bounds } = config;
  const reader = mode.discovery.kind === 'given' ? mode.discovery.token : '';
  const discovery = createThrottle(ground, reader, 'discovery', mode.discoveryRateWindows ?? mode.rateWindows);
  const shared = createDiscoveryCatalog(ground, { rest: discovery, discovery });
  const houses = new Houses({
    clock,
    idleMs: Math.max(IDLE_MS, bounds.operationTimeoutMs * 2, ...mode.rateWindows.map(({ lengthMs }) => lengthMs * 2)),
    most: MOST_CREDENTIALS,
    build: (authorization) => {
      const rest = createThrottle(ground, authorization, 'rest', mode.rateWindows);
      const throttles: Throttles = { rest, discovery };
      const client = createModeClient(ground, rest, authorization);
      const own = new Catalog({
        readReference: referenceReader(client),
        clock,
        // Read anew behind an answer, so that nobody waits for it when its time is over.
        maxAgeMs: believedMs / 2,
        flights: flightsOver(rest, throttles, clock),
      });
      const catalog = new VisibleCatalog({ shared: shared.catalog, own, clock, believedMs });
      const house = createHouse(ground, { client, throttles, catalog });
      return {
        ...house,
        async dispose() {
          house.cut();
          await own.dispose();
          await rest.dispose();
        },
      };
    },
  });
  // In this process only: it protects the way to Mode, not anybody's budget.
  const doorstep = createThrottle(
    { ...ground, config: { ...config, run: { ...config.run, redisUrl: undefined } } },
    '',
    'doorstep',
    mode.rateWindows,
  );
  return {
    door: createPassThroughDoor({ tenants: houses, clock, believedMs, doorstep }),
    readiness: createReadiness(createModeClient(ground, doorstep), clock, { probe: reach }),
    throttles: { rest: discovery, discovery },
    catalog: shared.catalog,
    houses: () => houses.all(),
    async dispose() {
      await houses.dispose();
      await shared.dispose();
      await Promise.all([discovery.dispose(), doorstep.dispose()]);
    },
  };
}
