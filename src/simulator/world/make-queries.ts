import { drawExactly } from './distribute.ts';
import { Random } from './random.ts';
import type { SimDataSource, SimQuery, SimReport } from './rows.ts';
import { soonAfter, stamp } from './timeline.ts';
import type { TokenMint } from './tokens.ts';
import { writeSql } from './write-sql.ts';

/** The most queries a report gets, as long as the total fits. */
const MOST = 12;

export function makeQueries(
  seed: number,
  mint: TokenMint,
  reports: SimReport[],
  dataSources: SimDataSource[],
  count: number,
): SimQuery[] {
  const random = new Random(seed, 'queries');
  const open = reports.map(() => !random.chance(0.07));
  // A draw that left a small world without any would leave nowhere to put them.
  if (!open.includes(true)) open.fill(true);
  const mean = reports.length === 0 ? 0 : count / reports.length;
  const counts = drawExactly(random, count, open, () => 1 + random.skewed(0, Math.ceil(mean * 3.7), 2.4), MOST, 1);
  const queries: SimQuery[] = [];
  for (const [index, report] of reports.entries()) {
    const created = Date.parse(report.createdAt);
    const edited = Date.parse(report.editedAt);
    const usual = random.pickEarly(dataSources);
    for (let place = 0; place < (counts[index] ?? 0); place += 1) {
      const { sql, columns } = writeSql(random);
      const source = random.chance(0.9) ? usual : random.pick(dataSources);
      const createdAt = soonAfter(random, created, edited);
      queries.push({
        token: mint.next(),
        id: 10_149_000 + queries.length * 2 + random.int(0, 1),
        name: random.chance(0.03)
          ? null
          : queryName(
              random,
              place,
              columns.map(({ name }) => name),
            ),
        rawQuery: sql,
        columns,
        reportToken: report.token,
        dataSourceToken: source.token,
        creatorUsername: random.chance(0.85) ? report.creatorUsername : random.pick(report.editorUsernames),
        createdAt: stamp(createdAt),
        updatedAt: stamp(soonAfter(random, createdAt, edited)),
        lastRunId: report.lastRunToken === null ? null : 3_535_000_000 + queries.length * 17 + random.int(0, 16),
        explorationsCount: random.skewed(0, 6, 6),
        reportImportsCount: report.type === 'DatasetReport' ? random.skewed(0, 9, 2) : 0,
      });
    }
  }
  return queries;
}

function queryName(random: Random, place: number, [, dimension = '', measure = '']: string[]): string {
  if (random.chance(0.12)) return `Query ${place + 1}`;
  const words = `${measure} by ${dimension}`.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
