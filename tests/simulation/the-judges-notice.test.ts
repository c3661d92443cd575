import { UpstreamUnavailableError } from '../../src/mode/errors/upstream-unavailable-error.ts';
import { Flights } from '../../src/mode/flights.ts';
import type { RestClient } from '../../src/mode/rest-client.ts';
import { LocalBudget } from '../../src/throttle/local-budget.ts';
import type { Claim, Permit } from '../../src/throttle/throttle.ts';
import type { Parts } from './house.ts';
import { play, type PlayOptions } from './play.ts';
import { drawSchedule } from './schedule.ts';
import { reports } from './truth.ts';
import { WatchedThrottle } from './watched-throttle.ts';

/** A check that cannot fail is worth nothing: each of these breaks one thing, and must be found out. */
const MOST_SEEDS = 300;

async function isFoundOut(rule: RegExp, options: () => PlayOptions): Promise<boolean> {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const { broken } = await play(drawSchedule(seed), options());
    if (broken.some((each) => rule.test(each))) return true;
  }
  return false;
}

class OneLineForAll extends WatchedThrottle {
  protected override enqueue(claim: Claim): Promise<Permit> {
    return super.enqueue({ ...claim, party: undefined });
  }
}

class DeafToAborts extends WatchedThrottle {
  protected override enqueue(claim: Claim): Promise<Permit> {
    return super.enqueue({ ...claim, signal: undefined });
  }
}

class DeafToRefusals extends WatchedThrottle {
  override refused(): void {
    // Goes on as if nothing had been said.
  }
}

class LosesOneInTen extends WatchedThrottle {
  #count = 0;
  protected override enqueue(claim: Claim): Promise<Permit> {
    return ++this.#count % 10 === 0 ? new Promise(() => undefined) : super.enqueue(claim);
  }
}

class KeepsOneInTen extends WatchedThrottle {
  #count = 0;
  protected override async enqueue(claim: Claim): Promise<Permit> {
    const permit = await super.enqueue(claim);
    return ++this.#count % 10 === 0 ? { ...permit, release: () => permit.settle() } : permit;
  }
}

class SharesNothing extends Flights {
  #count = 0;
  override board: Flights['board'] = (name, ...others) => super.board(`${name} ${this.#count++}`, ...others);
}

/** The client, but for how it reads a single report. */
function readingReports(
  readReport: (
    read: RestClient['readReport'],
    ...all: Parameters<RestClient['readReport']>
  ) => ReturnType<RestClient['readReport']>,
): Partial<Parts> {
  return { wrapRest: (client) => ({ ...client, readReport: (...all) => readReport(client.readReport, ...all) }) };
}

const [neighbour] = reports;

const BROKEN: readonly (readonly [string, RegExp, () => PlayOptions])[] = [
  [
    'a budget that forgets how long a call may travel',
    /^window/,
    () => ({ parts: { makeBudget: (options) => new LocalBudget({ ...options, transitMs: 0 }) } }),
  ],
  [
    'a budget that grants one more',
    /^window/,
    () => ({
      parts: {
        makeBudget: ({ windows, ...options }) =>
          new LocalBudget({ ...options, windows: windows.map((each) => ({ ...each, limit: each.limit + 1 })) }),
      },
    }),
  ],
  [
    'a throttle with one line for everybody',
    /^order: a call waited for/,
    () => ({ parts: { makeThrottle: (...all) => new OneLineForAll(...all) } }),
  ],
  [
    'a throttle in which those who gave up stay',
    /^order: a call was let go/,
    () => ({ parts: { makeThrottle: (...all) => new DeafToAborts(...all) } }),
  ],
  [
    'a throttle that does not rest when it is told to',
    /^order: a call left while/,
    () => ({ parts: { makeThrottle: (...all) => new DeafToRefusals(...all) } }),
  ],
  [
    'a throttle with one connection too many',
    /^order: more calls/,
    () => ({
      parts: {
        makeThrottle: (options, watch) =>
          new WatchedThrottle({ ...options, concurrency: options.concurrency + 1 }, watch),
      },
    }),
  ],
  [
    'a throttle that loses a call',
    /^hangs/,
    () => ({ parts: { makeThrottle: (...all) => new LosesOneInTen(...all) } }),
  ],
  [
    'a permit that is not given back',
    /^left: .*permits are held/,
    () => ({ parts: { makeThrottle: (...all) => new KeepsOneInTen(...all) } }),
  ],
  [
    'a timer that stays',
    /^left: .*timers run/,
    () => ({
      parts: {
        makeThrottle: (options, watch) => {
          options.clock.schedule(() => undefined, 1e12);
          return new WatchedThrottle(options, watch);
        },
      },
    }),
  ],
  [
    'readings that nobody can join',
    /^shared/,
    () => ({ parts: { makeFlights: (options) => new SharesNothing(options) } }),
  ],
  [
    'an answer that goes to the wrong key',
    /^value: .*does not belong here/,
    () => ({ parts: readingReports((read, _token, ...others) => read(neighbour?.token ?? '', ...others)) }),
  ],
  [
    'something that is there and not found',
    /^value: .*null stands for/,
    () => ({ parts: readingReports(() => Promise.resolve(null)) }),
  ],
  [
    'an error nobody foresaw',
    /^value: .*nobody foresaw/,
    () => ({ parts: readingReports(() => Promise.reject(new TypeError('undefined is not a function'))) }),
  ],
  [
    'a failure that is told to others too',
    /^value: .*none of its own calls did/,
    () => {
      let failure: UpstreamUnavailableError | undefined;
      return {
        parts: readingReports(async (read, ...all) => {
          if (failure) throw failure;
          return read(...all).catch((error: unknown) => {
            if (error instanceof UpstreamUnavailableError) failure = error;
            throw error;
          });
        }),
      };
    },
  ],
  [
    'a failure that is remembered',
    /^remembered/,
    () => {
      const known = new Map<string, ReturnType<RestClient['readReport']>>();
      return {
        parts: readingReports((read, token, ...others) => {
          const value = known.get(token) ?? read(token, ...others);
          known.set(token, value);
          return value;
        }),
      };
    },
  ],
  [
    'everything asked for twice',
    /^price/,
    () => ({ parts: readingReports((read, ...all) => read(...all).then(() => read(...all))) }),
  ],
  ['operations that take longer than they may', /^late/, () => ({ extraTimeMs: 120_000 })],
];

it.each(BROKEN)('%s', async (_name, rule, options) => {
  expect(await isFoundOut(rule, options)).toBe(true);
});
