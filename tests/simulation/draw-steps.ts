import type { Within } from '../../src/loading/workspace-loaders.ts';
import type { Random } from '../../src/simulator/world/random.ts';
import type { Facts, FollowUp, Load, Step } from './load.ts';
import { charts, collections, deletedReports, NOWHERE, queries, reports } from './truth.ts';

/** What is asked for, and how often beside the others. */
const KINDS: readonly (readonly [number, (random: Random) => Load])[] = [
  [8, (random) => ({ kind: 'report', token: reportToken(random) })],
  [4, (random) => ({ kind: 'reportsOf', token: collectionToken(random) })],
  [4, (random) => ({ kind: 'queriesOf', token: reportToken(random) })],
  [3, (random) => ({ kind: 'chartsOf', ...queryAddress(random) })],
  [3, (random) => ({ kind: 'query', ...queryAddress(random) })],
  [3, chartLoad],
  [3, (random) => ({ kind: 'collection', token: collectionToken(random) })],
  [2, () => ({ kind: 'collections' })],
  [0.7, () => ({ kind: 'allReports' })],
  [1, (random) => ({ kind: 'queriesWithin', within: within(random) })],
  [0.3, (random) => ({ kind: 'chartsWithin', within: within(random) })],
  [1, () => ({ kind: 'stats' })],
  [2, () => ({ kind: 'members' })],
  [1, () => ({ kind: 'dataSources' })],
  [1, () => ({ kind: 'workspace' })],
];
const WEIGHT = KINDS.reduce((sum, [weight]) => sum + weight, 0);

/** A few things, or many of one kind, as a list of tokens would ask for. The more operations, the less each asks. */
export function drawSteps(random: Random, operations: number): Step[] {
  if (random.chance(0.2)) {
    const facts = drawFacts(random);
    const count = random.int(3, operations > 4 ? 6 : 16);
    return Array.from({ length: count }, () => ({
      load: { kind: 'report', token: reportToken(random) },
      facts,
      afterMs: 0,
    }));
  }
  const count = random.skewed(1, operations > 4 ? 2 : 4, 2);
  return Array.from({ length: count }, () => drawStep(random));
}

function drawStep(random: Random): Step {
  let place = random.next() * WEIGHT;
  const [, draw] = KINDS.find(([weight]) => (place -= weight) < 0) ?? [0, () => ({ kind: 'members' }) as const];
  const load = draw(random);
  const then = random.chance(0.5) ? drawFollowUp(random, load) : undefined;
  return { load, facts: drawFacts(random), afterMs: random.chance(0.7) ? 0 : random.int(0, 3_000), then };
}

function drawFollowUp(random: Random, { kind }: Load): FollowUp | undefined {
  const most = random.int(1, 3);
  const facts = drawFacts(random);
  switch (kind) {
    case 'report':
      return { kind: random.pick(['collection', 'queriesOf']), most: 1, facts };
    case 'reportsOf':
    case 'allReports':
      return {
        kind: 'queriesOf',
        most,
        facts,
        ...(random.chance(0.5) && { then: { kind: 'chartsOf', most: 1, facts } }),
      };
    case 'queriesOf':
    case 'queriesWithin':
      return { kind: random.pick(['chartsOf', 'report']), most, facts };
    case 'collections':
      return { kind: 'reportsOf', most: random.int(1, 2), facts };
    default:
      return undefined;
  }
}

function drawFacts(random: Random): Facts {
  return random.pick(['bare', 'bare', 'bare', 'rest', 'restOfPage', 'discovery', 'both']);
}

function reportToken(random: Random): string {
  if (random.chance(0.06)) return random.chance(0.5) ? NOWHERE : random.pick(deletedReports).token;
  return random.pickEarly(reports).token;
}

function collectionToken(random: Random): string {
  return random.chance(0.05) ? NOWHERE : random.pick(collections).token;
}

function queryAddress(random: Random): { report: string; query: string } {
  const { token, reportToken: report } = random.pickEarly(queries);
  return random.chance(0.05) ? { report, query: NOWHERE } : { report, query: token };
}

function chartLoad(random: Random): Load {
  const { token, reportToken: report, queryToken: query } = random.pickEarly(charts);
  // At times below a report that it does not belong to.
  const parent = random.chance(0.1) ? random.pick(reports).token : report;
  return { kind: 'chart', report: parent, query, chart: random.chance(0.05) ? NOWHERE : token };
}

function within(random: Random): Within {
  if (random.chance(0.15)) return { kind: 'workspace' };
  if (random.chance(0.4)) return { kind: 'collection', token: collectionToken(random) };
  return { kind: 'report', token: reportToken(random) };
}
