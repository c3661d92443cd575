import type { CatalogListName } from '../../src/catalog/catalog-lists.ts';
import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions } from '../support/canonical-questions.ts';
import { askWith, explanationOf, type SentHeaders } from '../support/explain.ts';
import { envFor, envWithDiscovery, startSmallMode, type Env } from '../support/gateway.ts';
import { randomQuestions, type QuestionMix } from '../support/random-questions.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { SeveralGateways } from '../support/several-gateways.ts';

const PATIENT: Env = { OPERATION_TIMEOUT: '10m', MAX_NODES: '9999999', CATALOG_MAX_AGE: '20d' };
const MIX: QuestionMix = { lists: 3, first: 15, firstBelow: 5 };
const LIVE: SentHeaders = { 'cache-control': 'no-cache' };
const NOT_OLD: SentHeaders = { 'cache-control': 'max-age=600' };

/** What is said to cost more is not asked: it would only take long. */
const MOST = 200;

interface Compared {
  readonly query: string;
  readonly estimated: number;
  readonly guessed: boolean;
  /** By the ledger. */
  readonly made: number;
}

/** Of the estimates, those that are off by more than a fifth and more than two calls. */
function farOff(all: readonly Compared[]): Compared[] {
  return all.filter(({ estimated, made }) => Math.abs(estimated - made) > Math.max(2, made / 5));
}

/** Has a question explained, at no call, and then asks it. Undefined for one that would cost too much to ask here. */
async function compare(
  mode: Simulator,
  gateway: Gateway,
  query: string,
  headers: SentHeaders = {},
): Promise<Compared | undefined> {
  mode.ledger.clear();
  const { estimatedCalls: estimated, guessed, calls } = await explanationOf(gateway, query, headers);
  expect(mode.ledger.entries).toEqual([]);
  expect(calls.rest + calls.discovery).toBe(estimated);
  if (estimated > MOST) return undefined;
  const answer = await askWith(gateway, headers, query);
  expect(answer.errors).toBeUndefined();
  return { query, estimated, guessed, made: mode.ledger.entries.length };
}

describe('what a question is said to cost is what it costs', () => {
  let large: Simulator;
  let small: Simulator;
  const gateways = new SeveralGateways();

  const open = (env: Env, clock = new ShiftedClock()): Gateway => gateways.over({ ...PATIENT, ...env }, { clock });

  const compareAll = async (
    mode: Simulator,
    questions: readonly string[],
    next: () => Gateway | Promise<Gateway>,
    headers: SentHeaders = {},
  ): Promise<Compared[]> => {
    const all: Compared[] = [];
    for (const query of questions) {
      const compared = await compare(mode, await next(), query, headers);
      if (compared) all.push(compared);
    }
    return all;
  };

  beforeAll(async () => {
    // As many pages as a large one has, but of few rows.
    large = await startSmallMode({
      size: { collections: 30, reports: 400, members: 20, dataSources: 4 },
      behaviour: { discoveryPageSize: 60 },
    });
    small = await startSmallMode({ size: { collections: 10, reports: 120, members: 20, dataSources: 4 } });
  });

  afterAll(async () => {
    await gateways.dispose();
    await large.close();
    await small.close();
  });

  describe('within a fifth or two calls, where the workspace has been counted:', () => {
    let gateway: Gateway;
    let clock: ShiftedClock;
    let questions: readonly string[];

    beforeAll(async () => {
      clock = new ShiftedClock();
      gateway = open(envWithDiscovery(large), clock);
      await gateway.catalog.warm();
      questions = [
        ...canonicalQuestions(large.world).map(({ query }) => query),
        ...randomQuestions(large.world, 11, 50, MIX),
      ];
    });

    it('of a catalog that holds everything', async () => {
      const all = await compareAll(large, questions, () => gateway);
      expect(all.length).toBeGreaterThanOrEqual(37);
      // Else there was nothing to foresee.
      expect(all.filter(({ made }) => made > 5).length).toBeGreaterThanOrEqual(15);
      expect(farOff(all)).toEqual([]);
    });

    it('of a catalog that is older than the caller would have it', async () => {
      const next = (): Gateway => {
        clock.skip(3_600_000);
        return gateway;
      };
      const all = await compareAll(large, questions, next, NOT_OLD);
      expect(all.length).toBeGreaterThanOrEqual(37);
      expect(all.filter(({ made }) => made > 5).length).toBeGreaterThanOrEqual(25);
      expect(farOff(all)).toEqual([]);
    });

    it('for who wants all of it from Mode itself', async () => {
      const smallGateway = open(envWithDiscovery(small));
      await smallGateway.catalog.warm();
      const asked = [
        ...canonicalQuestions(small.world).map(({ query }) => query),
        ...randomQuestions(small.world, 12, 50, MIX),
      ];
      const all = await compareAll(small, asked, () => smallGateway, LIVE);
      expect(all.length).toBeGreaterThanOrEqual(37);
      expect(all.filter(({ made }) => made > 5).length).toBeGreaterThanOrEqual(25);
      expect(farOff(all)).toEqual([]);
    });
  });

  describe('or is called a guess, where it has not:', () => {
    const isSure = ({ guessed }: Compared): boolean => !guessed;

    it('of a catalog that holds some of the lists', async () => {
      const held: readonly (readonly CatalogListName[])[] = [
        ['reports', 'queries', 'charts', 'allCollections'],
        ['collections', 'reports', 'people', 'workspace', 'dataSources'],
        ['reports', 'stats', 'collections', 'queries'],
      ];
      let turn = 0;
      const next = async (): Promise<Gateway> => {
        const gateway = open(envWithDiscovery(small));
        await gateway.catalog.warm(held[turn++ % held.length]);
        return gateway;
      };
      const all = await compareAll(small, randomQuestions(small.world, 13, 60, MIX), next);
      expect(all.filter(isSure).length).toBeGreaterThanOrEqual(10);
      expect(farOff(all).filter(isSure)).toEqual([]);
    });

    it('for a caller whose own key of Mode may see some of it', async () => {
      const gateway = open({ ...envWithDiscovery(small), GATEWAY_AUTH: 'pass-through', CREDENTIAL_MAX_AGE: '1h' });
      await gateway.catalog.warm();
      const { token, secret } = small.credentials.member;
      const authorization = `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
      await askWith(gateway, { authorization }, '{ workspace { collections { totalCount } } }');
      const asked = randomQuestions(small.world, 31, 40, MIX);
      const all = [
        ...(await compareAll(small, asked, () => gateway, { authorization })),
        ...(await compareAll(small, asked.slice(0, 20), () => gateway, { authorization, ...LIVE })),
      ];
      expect(all.filter(isSure).length).toBeGreaterThanOrEqual(30);
      expect(farOff(all).filter(isSure)).toEqual([]);
    });

    it('of a catalog that holds nothing', async () => {
      const all = await compareAll(small, randomQuestions(small.world, 14, 40, MIX), () =>
        open(envWithDiscovery(small)),
      );
      expect(all.length).toBeGreaterThanOrEqual(20);
      expect(farOff(all).filter(isSure)).toEqual([]);
      expect(farOff(all)).not.toEqual([]);
    });

    it('without Discovery', async () => {
      const all = await compareAll(small, randomQuestions(small.world, 15, 40, MIX), () => open(envFor(small)));
      expect(all.filter(isSure).length).toBeGreaterThanOrEqual(5);
      expect(farOff(all).filter(isSure)).toEqual([]);
    });
  });

  it('and it is refused when the explanation says so, and only then', async () => {
    const bounds: Env = { MAX_UPSTREAM_CALLS: '25', MAX_NODES: '3000' };
    const warm = open({ ...envWithDiscovery(small), ...bounds });
    await warm.catalog.warm();
    const states: readonly [() => Gateway, SentHeaders][] = [
      [() => warm, {}],
      [() => warm, LIVE],
      [() => open({ ...envWithDiscovery(small), ...bounds }), {}],
      [() => open({ ...envFor(small), ...bounds }), {}],
    ];
    const seen = new Set<boolean>();
    for (const [place, [next, headers]] of states.entries()) {
      for (const query of randomQuestions(small.world, 20 + place, 40, MIX)) {
        const gateway = next();
        const { refusal } = await explanationOf(gateway, query, headers);
        small.ledger.clear();
        const answer = await askWith(gateway, headers, query);
        const isRefused = answer.data === undefined;
        expect([query, refusal !== null]).toEqual([query, isRefused]);
        if (isRefused) {
          expect(answer.errors?.map(({ message, extensions }) => ({ code: extensions?.code, message }))).toEqual([
            refusal,
          ]);
          expect(small.ledger.entries).toEqual([]);
        }
        seen.add(isRefused);
      }
    }
    expect(seen.size).toBe(2);
  });
});
