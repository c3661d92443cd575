import type { Random } from './random.ts';
import { TABLES, type SqlTable, type WrittenQuery } from './tables.ts';

const GRAINS = ['day', 'week', 'month', 'quarter'] as const;
const FORM = `{% form %}
start_date:
  type: date
  default: 2026-01-01
channel:
  type: select
  default: all
  options: [all, web, app, store]
{% endform %}`;

/** Something an analyst could have written: a grouped select, with joins, a common table expression or parameters. */
export function writeSql(random: Random): WrittenQuery {
  const fact = random.pick(TABLES);
  const dimension = random.pick(fact.texts);
  const numbers = random.sample(fact.numbers, random.int(1, 2));
  const columns: WrittenQuery['columns'] = [
    { name: 'period', kind: 'time' },
    { name: dimension, kind: 'text' },
    ...numbers.map(([, name]) => ({ name, kind: 'number' as const })),
  ];
  const liquid = random.chance(0.15);
  const body = groupedSelect(random, fact, dimension, numbers, liquid);
  const style = random.next();
  let sql = body;
  if (style < 0.3) {
    sql = withShare(body, numbers[0]?.[1] ?? 'value');
    columns.push({ name: 'share', kind: 'number' });
  } else if (style < 0.4)
    sql = `-- ${random.pick(['excludes test orders', 'fiscal calendar', 'checked against finance'])}\n${body}`;
  else if (style < 0.45)
    sql = body.replace(`FROM ${fact.name} ${fact.alias}`, `FROM {{ @clean_${fact.alias} as ${fact.alias} }}`);
  return { sql: liquid ? `${sql}\n\n${FORM}` : sql, columns };
}

function groupedSelect(
  random: Random,
  fact: SqlTable,
  dimension: string,
  numbers: readonly (readonly [string, string])[],
  liquid: boolean,
): string {
  const a = fact.alias;
  const grain = random.pick(GRAINS);
  const lines = [
    `SELECT DATE_TRUNC('${grain}', ${a}.${fact.time}) AS period,`,
    `       ${a}.${dimension},`,
    numbers.map(([expression, name]) => `       ${expression.replaceAll('#', a)} AS ${name}`).join(',\n'),
    `  FROM ${fact.name} ${a}`,
    ...joins(random, fact),
    liquid
      ? ` WHERE ${a}.${fact.time} >= '{{ start_date }}'`
      : ` WHERE ${a}.${fact.time} >= CURRENT_DATE - INTERVAL '${random.pick([30, 90, 180, 365])} days'`,
  ];
  if (random.chance(0.5)) lines.push(`   AND ${a}.${random.pick(fact.texts)} IS NOT NULL`);
  if (liquid && random.chance(0.5))
    lines.push(`   {% if channel != 'all' %} AND ${a}.channel = '{{ channel }}' {% endif %}`);
  lines.push(' GROUP BY 1, 2', ' ORDER BY 1 DESC, 3 DESC');
  if (random.chance(0.3)) lines.push(` LIMIT ${random.pick([100, 500, 1000])}`);
  return lines.join('\n');
}

function joins(random: Random, fact: SqlTable): string[] {
  const joined: string[] = [];
  for (const other of random.sample(TABLES, random.int(0, 3))) {
    const key = other === fact ? undefined : other.keys.find((candidate) => fact.keys.includes(candidate));
    if (key === undefined) continue;
    joined.push(`  LEFT JOIN ${other.name} ${other.alias} ON ${other.alias}.${key} = ${fact.alias}.${key}`);
  }
  return joined;
}

function withShare(body: string, column: string): string {
  const indented = body.replaceAll('\n', '\n    ');
  return [
    `WITH base AS (\n    ${indented}\n)`,
    `SELECT b.*,\n       b.${column} / NULLIF(SUM(b.${column}) OVER (PARTITION BY b.period), 0) AS share`,
    '  FROM base b',
    ' ORDER BY b.period DESC, share DESC',
  ].join('\n');
}
