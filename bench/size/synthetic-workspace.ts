/**
 * A workspace of any size, in the shape Discovery's pages have it. Rows are made when their page is asked for, out of
 * their number and how often they were changed, so that 100,000 reports and 300 MB of SQL need no room.
 */
export const PAGE_ROWS = 1_000;

export type SyntheticList = 'spaces' | 'reports' | 'report_stats' | 'queries' | 'charts' | 'members';

/** Rows of each list at a factor; a hundred times is the workspace that the gateway is built for. */
export function sizesAt(factor: number): Readonly<Record<SyntheticList, number>> {
  return {
    spaces: 30 * factor,
    reports: 1_000 * factor,
    report_stats: 1_000 * factor,
    queries: 3_000 * factor,
    charts: 4_500 * factor,
    members: 20 * factor,
  };
}

/** Whether a row is another one in a workspace that was changed `edition` times, each time in so many rows of 1,000. */
export interface Edition {
  readonly number: number;
  readonly changedPerThousand: number;
}

type Row = Readonly<Record<string, unknown>>;

/** JSON of one page, as Discovery sends it. Pages count from 1. */
export function pageOf(list: SyntheticList, factor: number, page: number, edition: Edition): string {
  const total = sizesAt(factor)[list];
  const first = (page - 1) * PAGE_ROWS;
  const count = Math.max(0, Math.min(PAGE_ROWS, total - first));
  const rows = Array.from({ length: count }, (_, index) => ROWS[list](first + index, factor, edition));
  const pages = Math.max(1, Math.ceil(total / PAGE_ROWS));
  const pagination = { page, per_page: PAGE_ROWS, count, total_pages: pages, total_count: total };
  return JSON.stringify({ pagination, [list]: rows, _links: {} });
}

const ROWS: Readonly<Record<SyntheticList, (index: number, factor: number, edition: Edition) => Row>> = {
  spaces: (index) => ({
    id: 10_000 + index,
    token: token('space', index),
    name: `${pick(TEAMS, index)} ${pick(TOPICS, index * 7)} ${index}`,
    description: index % 3 === 0 ? null : `What the ${pick(TEAMS, index)} team looks at`,
    space_type: index % 20 === 0 ? 'community' : 'custom',
    default_access: 'view',
    space_url: `/api/acme/spaces/${token('space', index)}`,
  }),
  reports: (index, factor, edition) => ({
    id: 1_000_000 + index,
    token: token('report', index),
    name: `${title(index)}${suffix(index, edition)}`,
    description: index % 2 === 0 ? null : `${title(index * 3)}, for the ${pick(TEAMS, index)} team`,
    created_at: moment(index * 31),
    edited_at: moment(index * 37),
    updated_at: moment(index * 41),
    last_successfully_run_at: index % 5 === 0 ? null : moment(index * 43),
    last_viewed_at: index % 9 === 0 ? null : moment(index * 47),
    last_run_at: index % 6 === 0 ? null : moment(index * 53),
    last_run_token: index % 6 === 0 ? null : token('run', index),
    last_run_state: pick(['succeeded', 'succeeded', 'failed', 'cancelled'], index),
    creator_email: email(index * 13, factor),
    ...spaceOf(index, factor),
    report_url: `/api/acme/reports/${token('report', index)}`,
  }),
  report_stats: (index, factor, edition) => ({
    ...reportOf(index),
    active_schedules_count: index % 4 === 0 ? 1 : 0,
    explorations_count: index % 3,
    view_count: ((index * 7919) % 5_000) + (isChanged(index, edition) ? edition.number : 0),
    recent_manual_run_creators_emails: [email(index * 5, factor), email(index * 11, factor)],
    scheduled_run_creators_emails: index % 4 === 0 ? [email(index * 13, factor)] : [],
    editors_emails: [email(index * 13, factor)],
  }),
  queries: (index, factor, edition) => ({
    id: 2_000_000 + index,
    token: token('query', index),
    name: index % 7 === 0 ? `Query ${index % 12}` : title(index * 5),
    raw_query: `${sql(index)}${suffix(index, edition)}`,
    creator_email: email(index * 13, factor),
    data_source_token: token('source', index % 7),
    ...reportOf(Math.floor(index / 3)),
    ...spaceOf(Math.floor(index / 3), factor),
  }),
  charts: (index, factor, edition) => ({
    id: 3_000_000 + index,
    token: token('chart', index),
    chart_type: pick(['table', 'bar', 'line', 'bigNumber', 'area', 'pie'], index),
    chart_title: index % 8 === 0 ? '' : `${title(index * 11)}${suffix(index, edition)}`,
    query_id: 2_000_000 + Math.floor(index / 1.5),
    query_token: token('query', Math.floor(index / 1.5)),
    ...reportOf(Math.floor(index / 4.5)),
    ...spaceOf(Math.floor(index / 4.5), factor),
    report_creator_email: email(index, factor),
    exploration_url: null,
  }),
  members: (index, factor) => ({
    id: 500_000 + index,
    token: token('membership', index),
    state: index % 11 === 0 ? 'banned' : 'active',
    member_email: email(index, factor),
    member_token: token('member', index),
    member_username: `person${index}`,
    banned_at: null,
    activated_at: moment(index * 17),
    last_report_created_at: moment(index * 19),
    last_report_viewed_at: moment(index * 23),
    last_report_run_at: moment(index * 29),
    total_days_engaged: index % 900,
  }),
};

/** Twelve hexadecimal digits, as Mode's tokens have, and another for each thing. */
export function token(kind: string, index: number): string {
  const seed = mix(index + 1_000_003 * (kind.charCodeAt(0) * 256 + kind.length));
  return `${hex(seed)}${hex(mix(seed ^ index))}`.slice(0, 12);
}

export function email(index: number, factor: number): string {
  return `person${index % sizesAt(factor).members}@acme.example`;
}

function spaceOf(report: number, factor: number): Row {
  const index = (report * 17) % sizesAt(factor).spaces;
  return { space_id: 10_000 + index, space_token: token('space', index) };
}

function reportOf(index: number): Row {
  return { report_id: 1_000_000 + index, report_token: token('report', index) };
}

function isChanged(index: number, { number, changedPerThousand }: Edition): boolean {
  return number > 0 && mix(index + number * 7_919) % 1_000 < changedPerThousand;
}

function suffix(index: number, edition: Edition): string {
  return isChanged(index, edition) ? ` v${edition.number}` : '';
}

function title(index: number): string {
  const seed = mix(index);
  return `${pick(TEAMS, seed)} ${pick(TOPICS, seed >>> 5)} ${pick(MANNERS, seed >>> 11)} ${seed % 97}`;
}

/** From 300 characters to 2,500, 1 KB on average; one in twenty has a comment that is not ASCII. */
function sql(index: number): string {
  const length = 300 + (mix(index) % 700) + (index % 10 === 0 ? 1_500 : 0) + (index % 3 === 0 ? 600 : 0);
  const parts: string[] = [];
  if (index % 20 === 0) parts.push('-- Größe über alle Länder — 売上');
  let written = 0;
  for (let line = 0; written < length; line++) {
    const seed = mix(index * 131 + line);
    const table = `${pick(SCHEMAS, seed)}.${pick(TABLES, seed >>> 4)}_${(seed >>> 9) % 400}`;
    const text =
      line % 3 === 0
        ? `SELECT a.${pick(COLUMNS, seed)}, SUM(b.${pick(COLUMNS, seed >>> 6)}) AS total_${seed % 50}`
        : `${line % 3 === 1 ? 'FROM' : 'LEFT JOIN'} ${table} b ON a.${pick(COLUMNS, seed >>> 3)} = b.id AND b.day >= '2026-01-${10 + (seed % 20)}'`;
    parts.push(text);
    written += text.length + 1;
  }
  return parts.join('\n');
}

function moment(index: number): string {
  return new Date(1_600_000_000_000 + (mix(index) % 180_000_000) * 1_000).toISOString();
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function pick(words: readonly string[], seed: number): string {
  return words[seed % words.length] ?? '';
}

const TEAMS = ['Finance', 'Growth', 'Sales', 'Support', 'Logistics', 'Product', 'Élan', 'Marketing', 'Risk', 'People'];
const TOPICS = [
  'revenue',
  'orders',
  'churn',
  'retention',
  'tickets',
  'stock',
  'visits',
  'margin',
  'signups',
  'refunds',
];
const MANNERS = ['by month', 'by country', 'overview', '(draft)', 'weekly', 'for the board', 'by channel', 'Q2', 'v2'];
const SCHEMAS = ['analytics', 'raw', 'finance', 'marts', 'staging'];
const TABLES = ['orders', 'customers', 'events', 'payments', 'sessions', 'tickets', 'stock_levels', 'refunds'];
const COLUMNS = ['id', 'customer_id', 'amount', 'created_at', 'country', 'channel', 'status', 'total', 'day', 'price'];
