import type { Random } from '../../src/simulator/world/random.ts';
import { queries, reports } from './truth.ts';

/** Each is a way for one call to go wrong. */
export const TROUBLES = [
  'status500',
  'html502',
  'html200',
  'reset',
  'halfJson',
  'halfBody',
  'silence',
  'status429',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export type RetryAfter = 'none' | 'seconds' | 'date' | 'zero' | 'garbage' | 'absurd';

/** How the upstream behaves. Times are milliseconds from the start. */
export interface Weather {
  /** The longest a call travels before it is counted. */
  readonly transitMs: number;
  /** A usual answer takes about as long. */
  readonly latencyMs: number;
  /** Share of the calls that take a hundred times as long. */
  readonly slow: number;
  /** Share of the calls that go wrong. */
  readonly trouble: number;
  readonly kinds: readonly Trouble[];
  /** Calls whose path holds one of these go wrong, always. */
  readonly victims: readonly string[];
  /** Spans in which everything is refused. */
  readonly bursts: readonly { readonly from: number; readonly to: number }[];
  readonly retryAfter: readonly RetryAfter[];
  /** Whether answers say how many calls remain: all of them, some, or none. */
  readonly remaining: number;
  /** Calls that somebody else makes with the same credential. */
  readonly others: readonly number[];
  /** How many calls less than we believe its windows hold. */
  readonly tighter: number;
}

export const CLEAR: Weather = {
  transitMs: 300,
  latencyMs: 80,
  slow: 0,
  trouble: 0,
  kinds: [],
  victims: [],
  bursts: [],
  retryAfter: ['none'],
  remaining: 1,
  others: [],
  tighter: 0,
};

export function drawWeather(random: Random): Weather {
  const begin = random.int(0, 10_000);
  return {
    transitMs: random.pick([0, 50, 500, 950]),
    latencyMs: random.pick([1, 20, 150, 600]),
    slow: random.pick([0, 0, 0.05, 0.3]),
    trouble: random.pick([0, 0, 0.05, 0.15, 0.4]),
    kinds: random.chance(0.5) ? TROUBLES : [random.pick(TROUBLES)],
    victims: random.chance(0.3)
      ? [`/reports/${random.pickEarly(reports).token}`, `/queries/${random.pickEarly(queries).token}`]
      : [],
    bursts: random.chance(0.2) ? [{ from: begin, to: begin + random.pick([500, 4_000, 30_000]) }] : [],
    retryAfter: random.sample(['none', 'seconds', 'date', 'zero', 'garbage', 'none', 'seconds', 'absurd'], 2),
    remaining: random.pick([0, 0.5, 1]),
    others: random.chance(0.2) ? Array.from({ length: random.int(1, 40) }, () => random.skewed(0, 60_000, 2)) : [],
    tighter: random.chance(0.1) ? 1 : 0,
  };
}
