import {
  createDiscoveryClient,
  type DiscoveryClient,
  type DiscoveryListName,
} from '../../src/mode/discovery-client.ts';
import { mintSignatureTokens } from '../../src/mode/discovery/minted-signature-tokens.ts';
import { givenSignatureToken, type SignatureTokens } from '../../src/mode/discovery/signature-token.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { moveInto, type House, type HouseOptions } from '../mode/house.ts';
import { skippingClock, type SkippingClock } from './skipping-clock.ts';

export interface DiscoveryHouseOptions extends HouseOptions {
  readonly tokens?: 'given' | 'minted';
}

/** The lower floors with Discovery, over a simulated Mode whose pages hold ten rows. */
export interface DiscoveryHouse extends House {
  readonly clock: SkippingClock;
  readonly tokens: SignatureTokens;
  readonly discovery: DiscoveryClient;
  /** Paths of the Discovery calls so far, without what comes before the list's name. */
  asked(): string[];
  /** Calls that made or deleted a signature token. */
  tokenCalls(method: 'POST' | 'DELETE'): number;
  scan(name: DiscoveryListName, knownPages?: number): ReturnType<DiscoveryClient['scan']>;
}

export async function openDiscovery(options: DiscoveryHouseOptions = {}): Promise<DiscoveryHouse> {
  const clock = skippingClock();
  const mode = await startSimulator({
    seed: 11,
    clock,
    ...options.simulator,
    size: {
      collections: 5,
      reports: 57,
      queries: 60,
      charts: 45,
      members: 12,
      dataSources: 3,
      ...options.simulator?.size,
    },
    behaviour: {
      rateLimit: null,
      latencyMs: 0,
      discoveryLatencyMs: 0,
      discoveryPageSize: 10,
      weight: 'light',
      ...options.simulator?.behaviour,
    },
  });
  const house = moveInto(mode, clock, {
    ...options,
    http: { accept: 'application/json', ...options.http },
    throttle: { concurrency: 100, ...options.throttle },
  });
  const { http } = house;
  const { workspace } = mode;
  const tokens =
    options.tokens === 'minted' ? mintSignatureTokens({ http, workspace, clock }) : givenSignatureToken(mode.discovery);
  const discovery = createDiscoveryClient({ http, workspace, tokens, clock });
  return {
    ...house,
    clock,
    tokens,
    discovery,
    asked: () => mode.ledger.calls({ api: 'DISCOVERY' }).map((entry) => entry.path.replace('/batch/acme/', '')),
    tokenCalls: (method) => mode.ledger.calls({ method, path: 'signature_tokens' }).length,
    scan: (name, knownPages) => discovery.scan(name, { knownPages }, house.context),
  };
}
