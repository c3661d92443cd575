import { drawExactly } from './distribute.ts';
import { Random } from './random.ts';
import type { SimChart, SimQuery, SimReport } from './rows.ts';
import { soonAfter, stamp } from './timeline.ts';
import type { TokenMint } from './tokens.ts';
import { CHART_TITLES, CHART_TYPES } from './vocabulary.ts';

/** The most charts a query gets, as long as the total fits. */
const MOST = 9;

export function makeCharts(
  seed: number,
  mint: TokenMint,
  reports: Map<string, SimReport>,
  queries: SimQuery[],
  count: number,
): SimChart[] {
  const random = new Random(seed, 'charts');
  const palettes = Array.from({ length: 6 }, () => mint.next());
  // Datasets are drawn by the reports that import them, so their own queries have no charts.
  const open = queries.map((query) => reports.get(query.reportToken)?.type === 'Report' && !random.chance(0.12));
  if (!open.includes(true)) open.fill(true);
  const mean = queries.length === 0 ? 0 : count / queries.length;
  const counts = drawExactly(random, count, open, () => random.skewed(0, Math.ceil(mean * 3), 1.2), MOST);
  const charts: SimChart[] = [];
  for (const [index, query] of queries.entries()) {
    const created = Date.parse(query.createdAt);
    const edited = Date.parse(reports.get(query.reportToken)?.editedAt ?? query.updatedAt);
    for (let place = 0; place < (counts[index] ?? 0); place += 1) {
      const createdAt = soonAfter(random, created, edited);
      charts.push({
        token: mint.next(),
        id: 7_001_000 + charts.length,
        queryToken: query.token,
        reportToken: query.reportToken,
        type: random.pickEarly(CHART_TYPES),
        title: random.chance(0.08) ? '' : chartTitle(random, query),
        description: random.chance(0.1) ? 'Hover for the exact numbers.' : '',
        creatorUsername: query.creatorUsername,
        createdAt: stamp(createdAt),
        updatedAt: stamp(soonAfter(random, createdAt, edited)),
        paletteToken: random.pickEarly(palettes),
        switchViewToken: mint.next(),
      });
    }
  }
  return charts;
}

function chartTitle(random: Random, query: SimQuery): string {
  const [dimension = 'segment', measure = 'value'] = query.columns
    .slice(1)
    .map(({ name }) => name.replaceAll('_', ' '));
  const title = random.pick(CHART_TITLES).replace('{m}', measure).replace('{d}', dimension);
  return title.charAt(0).toUpperCase() + title.slice(1);
}
