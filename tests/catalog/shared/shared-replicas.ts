import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../../../src/catalog/catalog.ts';
import { CATALOG_LISTS, type CatalogListName } from '../../../src/catalog/catalog-lists.ts';
import { nowhere } from '../../../src/catalog/catalog-store.ts';
import { createFileStore } from '../../../src/catalog/file-store.ts';
import { shareCatalog, type SharedCatalog } from '../../../src/catalog/shared/share-catalog.ts';
import type { SharingTiming } from '../../../src/catalog/shared/sharing-timing.ts';
import { RedisServer } from '../../support/redis-server.ts';
import { SteppingClock } from '../../support/stepping-clock.ts';
import { catalogOver, MINUTE } from '../catalog-over.ts';
import { openDiscovery, type DiscoveryHouse, type DiscoveryHouseOptions } from '../discovery-house.ts';

/**
 * Nothing ends by itself while a test goes on, however busy the machine is; what is to end has its own time. Looking and
 * renewing go by the house's clock, fifty times as fast.
 */
export const PATIENT: Partial<SharingTiming> = {
  leaseMs: 100_000,
  renewMs: 1_000,
  pollMs: 300,
  wantedMs: 100_000,
  longestWaitMs: 1e9,
  commandMs: 100_000,
  pieceMs: 100_000,
  readMs: 1e9,
  firstBackoffMs: 500,
  longestBackoffMs: 2_000,
  closeMs: 50_000,
};

/** Ten hours, of which the house's clock makes twelve minutes: no test grows old by itself. */
export const MAX_AGE = 600 * MINUTE;

export const OWNER = 'https://mode.test/acme#0123456789abcdef';

export interface ReplicaOptions {
  readonly owner?: string;
  readonly url?: string;
  readonly timing?: Partial<SharingTiming>;
  /** @default no files are kept */
  readonly directory?: string;
}

const HOLD_MS = 600_000;

/** A gateway's catalog as far as sharing it goes, with what it told its operator. */
export interface CatalogReplica {
  readonly catalog: Catalog;
  readonly shared: SharedCatalog;
  readonly warnings: string[];
  dispose(): Promise<void>;
}

/** Replicas over one simulated Mode and one Redis, taken down together. */
export class SharedReplicas {
  readonly house: DiscoveryHouse;
  readonly redis: RedisServer;
  readonly #modeClock: SteppingClock;
  readonly #replicas: CatalogReplica[] = [];
  readonly #folders: string[] = [];

  private constructor(house: DiscoveryHouse, redis: RedisServer, modeClock: SteppingClock) {
    this.house = house;
    this.redis = redis;
    this.#modeClock = modeClock;
  }

  static async open(options?: DiscoveryHouseOptions): Promise<SharedReplicas> {
    const clock = new SteppingClock();
    const simulator = { clock, ...options?.simulator };
    const [house, redis] = await Promise.all([openDiscovery({ ...options, simulator }), RedisServer.start()]);
    return new SharedReplicas(house, redis, clock);
  }

  /** Calls to Mode whose path holds `match` wait for `release`, `times` of them. */
  hold(match: string, times = Infinity): void {
    this.house.mode.faults.inject({ match, kind: 'slow', delayMs: HOLD_MS, times });
  }

  /** Answers what was held, and holds nothing any more. */
  release(): void {
    this.house.mode.faults.clear();
    this.#modeClock.skip(HOLD_MS);
  }

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
    this.#folders.push(folder);
    return folder;
  }

  replica({ owner = OWNER, url, timing, directory }: ReplicaOptions = {}): CatalogReplica {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const shared = shareCatalog({
      url: url ?? this.redis.url,
      owner,
      files: directory === undefined ? nowhere : createFileStore({ directory, owner, warn }),
      clock: this.house.clock,
      maxAgeMs: MAX_AGE,
      warn,
      timing: { ...PATIENT, ...timing },
    });
    const catalog = catalogOver(this.house, { store: shared.store, turns: shared.turns, maxAgeMs: MAX_AGE });
    let disposed: Promise<void> | undefined;
    const replica: CatalogReplica = {
      catalog,
      shared,
      warnings,
      dispose: () => (disposed ??= takeDown(replica)),
    };
    this.#replicas.push(replica);
    return replica;
  }

  /** Several that hold what one of them has read, all of it grown old. */
  async staleReplicas(count: number, names: readonly CatalogListName[] = CATALOG_LISTS): Promise<CatalogReplica[]> {
    const replicas = Array.from({ length: count }, () => this.replica());
    const [first, ...others] = replicas;
    for (const name of names) await first?.catalog.refresh(name, {});
    await this.published(names);
    for (const { catalog } of others) await catalog.restore();
    this.house.clock.skip(MAX_AGE + MINUTE);
    this.house.mode.ledger.clear();
    return replicas;
  }

  /** Until Redis has these lists, and nobody reads them. */
  async published(names: readonly CatalogListName[]): Promise<void> {
    for (;;) {
      const keys = await this.keys();
      const isThere = names.every((name) => keys.some((key) => key.endsWith(`:${name}:header`)));
      if (isThere && !keys.some((key) => key.endsWith(':lease'))) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  keys(): Promise<string[]> {
    return this.redis.use((client) => client.keys('*'));
  }

  /** The name of a key of a list, such as its header, whoever's it is. */
  async key(name: CatalogListName, what: string): Promise<string> {
    return (await this.keys()).find((key) => key.endsWith(`:${name}:${what}`)) ?? 'none';
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.dispose()));
    await this.house.mode.close();
    await this.redis.stop();
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

async function takeDown({ catalog, shared }: CatalogReplica): Promise<void> {
  shared.closeSoon();
  await catalog.dispose();
  await shared.close();
}
