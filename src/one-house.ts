import type { Config } from './config/config.ts';
import { createDiscoveryCatalog } from './discovery.ts';
import { basic, createHouse, createModeClient, createThrottle, referenceReader, type Ground } from './house.ts';
import type { Premises, Throttles } from './loading/operation.ts';
import type { Rooms } from './rooms.ts';
import type { Door } from './server/callers/door.ts';
import { createJwtDoor } from './server/callers/jwt-door.ts';
import { createKeyDoor } from './server/callers/key-door.ts';
import { createOpenDoor } from './server/callers/open-door.ts';
import { createReadiness } from './server/readiness.ts';

/** All questions are answered with the gateway's own API key. */
export function oneHouse(ground: Ground): Rooms {
  const { config, clock } = ground;
  const { mode } = config;
  const { token, secret } = mode.credential ?? { token: '', secret: '' };
  const rest = createThrottle(ground, token, 'rest', mode.rateWindows);
  const discovery = mode.discoveryRateWindows && createThrottle(ground, token, 'discovery', mode.discoveryRateWindows);
  const throttles: Throttles = { rest, discovery: discovery ?? rest };
  const client = createModeClient(ground, rest, basic(token, secret));
  const { catalog, dispose } = createDiscoveryCatalog(ground, throttles, referenceReader(client));
  const house = createHouse(ground, { client, throttles, catalog });
  return {
    door: doorOf(config, house.premises),
    readiness: createReadiness(house.premises.rest, clock, {
      canAnswerAlone: () => catalog.status().some(({ asOf }) => asOf !== null),
    }),
    throttles,
    catalog,
    houses: () => [house],
    async dispose() {
      house.cut();
      await dispose();
      await Promise.all([rest.dispose(), discovery?.dispose()]);
    },
  };
}

function doorOf({ callers: { auth } }: Config, premises: Premises): Door {
  if (auth.kind === 'jwt') return createJwtDoor(auth, premises);
  return auth.kind === 'keys' && auth.keys.length > 0 ? createKeyDoor(auth.keys, premises) : createOpenDoor(premises);
}
