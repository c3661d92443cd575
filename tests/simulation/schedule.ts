import type { CatalogListName } from '../../src/catalog/catalog-lists.ts';
import { CATALOG_LISTS } from '../../src/catalog/catalog-lists.ts';
import type { RateWindow } from '../../src/throttle/rate-window.ts';
import { Random } from '../../src/simulator/world/random.ts';
import { drawSteps } from './draw-steps.ts';
import type { Step } from './load.ts';
import { CLEAR, drawWeather, type Weather } from './weather.ts';

export interface PlannedOperation {
  readonly beginsAt: number;
  readonly caller: number;
  readonly timeoutMs: number;
  /** Milliseconds; 0 is `no-cache`, undefined does not mind. */
  readonly maxAgeMs: number | undefined;
  readonly abortsAfterMs: number | undefined;
  readonly steps: readonly Step[];
}

/** All that happens in one simulation; the same for the same seed. Times are milliseconds from its start. */
export interface Schedule {
  readonly seed: number;
  readonly windows: readonly RateWindow[];
  /** Undefined where Discovery counts in the bucket of REST. */
  readonly discoveryWindows: readonly RateWindow[] | undefined;
  readonly concurrency: number;
  readonly discovery: 'off' | 'given' | 'minted';
  /** The catalog's lists that are there from the start, and how old each is. */
  readonly warm: Readonly<Partial<Record<CatalogListName, number>>>;
  /** By number; each has a weight. */
  readonly callers: readonly number[];
  readonly operations: readonly PlannedOperation[];
  readonly refreshes: readonly { readonly at: number; readonly names: readonly CatalogListName[] }[];
  readonly sleeps: readonly { readonly afterMs: number; readonly lengthMs: number }[];
  readonly weather: Weather;
  /** Turns of the event loop between two tasks. */
  readonly turns: number;
  /** Nothing goes wrong, nobody gives up and there is time enough: everything must be had, at no more than its price. */
  readonly isHealthy: boolean;
}

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export function drawSchedule(seed: number): Schedule {
  const random = new Random(seed, 'schedule');
  const isHealthy = random.chance(0.35);
  const windows = drawWindows(random);
  const discovery = random.chance(0.35) ? 'off' : random.chance(0.2) ? 'minted' : 'given';
  const count = random.skewed(1, 12, 3);
  const callers = Array.from({ length: 3 }, () => random.int(1, 3));
  const spread = random.pick([0, 500, 5 * SECOND, 30 * SECOND]);
  return {
    seed,
    windows,
    discoveryWindows: random.chance(0.25) ? drawWindows(random) : undefined,
    concurrency: random.int(1, 6),
    discovery,
    warm: drawWarm(random),
    callers,
    operations: Array.from({ length: count }, () => drawOperation(random, count, spread, isHealthy)),
    refreshes: Array.from({ length: random.skewed(0, 2, 2) }, () => ({
      at: random.int(0, 2 * spread),
      names: random.sample(CATALOG_LISTS, random.int(1, 2)),
    })),
    sleeps:
      isHealthy || random.chance(0.7)
        ? []
        : [{ afterMs: random.int(0, 10 * SECOND), lengthMs: random.pick([700, 5 * SECOND, 45 * SECOND, 20 * MINUTE]) }],
    weather: isHealthy ? { ...CLEAR, latencyMs: random.pick([5, 80, 900]) } : drawWeather(random),
    turns: random.int(2, 4),
    isHealthy,
  };
}

function drawOperation(random: Random, others: number, spread: number, isHealthy: boolean): PlannedOperation {
  const isShort = !isHealthy && random.chance(0.25);
  return {
    beginsAt: random.int(0, spread),
    caller: random.int(0, 2),
    timeoutMs: isShort ? random.int(300, 12 * SECOND) : isHealthy ? 600 * MINUTE : random.int(1, 10) * MINUTE,
    maxAgeMs: random.chance(0.8) ? undefined : random.pick([0, 0, 5 * MINUTE, 20 * MINUTE]),
    abortsAfterMs: isHealthy || random.chance(0.8) ? undefined : random.skewed(0, 10 * SECOND, 2),
    steps: drawSteps(random, others),
  };
}

/** One window, or a short and a long one; small ones, so that few calls meet them. */
function drawWindows(random: Random): RateWindow[] {
  const first = { limit: random.int(2, 12), lengthMs: random.pick([400, 1_000, 3_000, 10_000]) };
  if (random.chance(0.6)) return [first];
  return [first, { limit: first.limit * random.int(2, 3), lengthMs: first.lengthMs * random.int(3, 5) }];
}

function drawWarm(random: Random): Partial<Record<CatalogListName, number>> {
  if (random.chance(0.4)) return {};
  const names = random.sample(CATALOG_LISTS, random.int(1, CATALOG_LISTS.length));
  return Object.fromEntries(names.map((name) => [name, random.int(0, 30 * MINUTE)]));
}
