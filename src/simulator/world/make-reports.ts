import { makeReportHistory } from './make-report-history.ts';
import { describe } from './make-collections.ts';
import { Random } from './random.ts';
import type { SimCollection, SimMember, SimReport } from './rows.ts';
import { splitByWeight } from './distribute.ts';
import type { TokenMint } from './tokens.ts';
import { REPORT_SHAPES, SUBJECTS } from './vocabulary.ts';

/** Sizes worth having when there are reports enough: nothing, one full page, two full pages. */
const TELLING_SIZES = [0, 30, 60, 0];

export function makeReports(
  seed: number,
  mint: TokenMint,
  members: SimMember[],
  collections: SimCollection[],
  count: number,
): SimReport[] {
  const random = new Random(seed, 'reports');
  const homes = shareOut(random, collections, count);
  const busy = members.map((member) => member.username);
  return homes.map((home, index): SimReport => {
    const dataset = random.chance(0.05);
    const creator = home.type === 'private' ? home.creatorUsername : random.pickEarly(members).username;
    return {
      token: mint.next(),
      id: 2_934_000 + index * 3 + random.int(0, 2),
      name: random.chance(0.03) ? null : reportName(random, dataset),
      description: describe(random),
      type: dataset ? 'DatasetReport' : 'Report',
      archived: random.chance(0.12),
      public: random.chance(0.01),
      collectionToken: home.token,
      creatorUsername: creator,
      ...makeReportHistory(random, mint),
      viewCount: random.skewed(0, 2600, 4),
      themeId: random.pick([1, 2, 3, 5]),
      fullWidth: random.chance(0.3),
      manualRunDisabled: random.chance(0.05),
      chartCountMissing: dataset && random.chance(0.5),
      editorUsernames: [...new Set([creator, ...Array.from({ length: random.skewed(0, 3) }, () => random.pick(busy))])],
      runnerUsernames: [...new Set(Array.from({ length: random.skewed(0, 5) }, () => random.pick(busy)))],
      schedulerUsernames: random.chance(0.3) ? [creator] : [],
    };
  });
}

/** The collection of each report, in random order: a few collections hold many, many hold few. */
function shareOut(random: Random, collections: SimCollection[], count: number): SimCollection[] {
  const custom = collections.filter((collection) => collection.type === 'custom');
  const fixed = new Map<SimCollection, number>();
  if (custom.length > 2 * TELLING_SIZES.length && count > 400) {
    for (const [index, size] of TELLING_SIZES.entries()) {
      const collection = custom[index * 2 + 1];
      if (collection) fixed.set(collection, size);
    }
  }
  const fixedSum = [...fixed.values()].reduce((a, b) => a + b, 0);
  const weights = collections.map((collection) => {
    if (fixed.has(collection)) return 0;
    if (collection.type === 'private') return random.chance(0.3) ? 0 : random.next() * 0.2;
    return collection.type === 'community' ? 2 : 0.02 + random.next() ** 7 * 5;
  });
  const sizes = splitByWeight(count - fixedSum, weights);
  const homes = collections.flatMap((collection, index) =>
    Array.from({ length: fixed.get(collection) ?? sizes[index] ?? 0 }, () => collection),
  );
  return random.shuffled(homes);
}

function reportName(random: Random, dataset: boolean): string {
  const subject = random.pick(SUBJECTS);
  if (dataset) return `${subject.toLowerCase().replaceAll(/\W+/g, '_')}_${random.pick(['daily', 'weekly', 'base'])}`;
  return random
    .pickEarly(REPORT_SHAPES, 1.5)
    .replace('{s}', subject)
    .replace('{q}', String(random.int(1, 4)))
    .replace('{y}', String(random.int(2023, 2026)));
}
