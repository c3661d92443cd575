/** First pages of a large workspace: every order, a filter of each kind, and searches in SQL. */
export interface PageQuestion {
  readonly name: string;
  readonly kind: 'order' | 'filter' | 'sql';
  /** The same question about something else each time, so that no answer to an earlier one is of use. */
  query(turn: number): string;
}

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  reports: ['NAME', 'CREATED_AT', 'UPDATED_AT', 'EDITED_AT', 'LAST_RUN_AT', 'LAST_VIEWED_AT', 'VIEW_COUNT'],
  queries: ['NAME'],
  charts: ['TITLE', 'TYPE'],
  collections: ['NAME', 'TYPE'],
  members: ['USERNAME', 'LAST_REPORT_VIEWED_AT'],
};

const NODE: Readonly<Record<string, string>> = { charts: 'title', members: 'username' };

const page = (list: string, args: string): string =>
  `{ workspace { ${list}(first: 20, ${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { id ${NODE[list] ?? 'name'} } } } }`;

const orders = Object.entries(ORDERS).flatMap(([list, fields]) =>
  fields.flatMap((field) =>
    (['ASC', 'DESC'] as const).map((direction): PageQuestion => {
      const query = page(list, `orderBy: { field: ${field}, direction: ${direction} }`);
      return { name: `${list} by ${field} ${direction}`, kind: 'order', query: () => query };
    }),
  ),
);

const filter = (list: string, name: string, text: (turn: number) => string): PageQuestion => ({
  name: `${list} with ${name}`,
  kind: 'filter',
  query: (turn) => page(list, `filter: { ${text(turn)} }`),
});

const day = (turn: number): string => new Date(1_700_000_000_000 + turn * 86_400_000).toISOString();

const filters = [
  filter('reports', 'search', (turn) => `search: "board ${turn}"`),
  filter('reports', 'creators', (turn) => `creators: ["person${turn % 20}@acme.example"]`),
  filter('reports', 'updatedAt', (turn) => `updatedAt: { after: "${day(turn)}" }`),
  filter('reports', 'viewCount', (turn) => `viewCount: { min: ${turn} }`),
  filter('reports', 'scheduled', (turn) => `scheduled: true, updatedAt: { after: "${day(turn)}" }`),
  filter('reports', 'neverViewed', (turn) => `neverViewed: true, updatedAt: { after: "${day(turn)}" }`),
  filter('reports', 'lastRunStates', (turn) => `lastRunStates: ["failed", "s${turn}"]`),
  filter('queries', 'search', (turn) => `search: "orders by country ${turn}"`),
  filter('queries', 'dataSources', (turn) => `dataSources: ["source${turn}"]`),
  filter('charts', 'types', (turn) => `types: ["bar", "t${turn}"]`),
  filter('charts', 'search', (turn) => `search: "margin ${turn}"`),
];

const sql = (name: string, text: (turn: number) => string): PageQuestion => ({
  name: `queries with ${name}`,
  kind: 'sql',
  query: (turn) => page('queries', `filter: { ${text(turn)} }`),
});

const searches = [
  sql('sqlContains, rare', (turn) => `sqlContains: "customers_${turn} b"`),
  sql('sqlContains, in all', (turn) => `sqlContains: "Total_${turn % 50}"`),
  sql('usesIdentifier', (turn) => `usesIdentifier: "orders_${turn}"`),
  sql('usesIdentifier, qualified', (turn) => `usesIdentifier: "marts.orders_${turn}"`),
  sql('usesIdentifier, in all', (turn) => `usesIdentifier: "amount", search: "${turn}"`),
];

export const PAGE_QUESTIONS: readonly PageQuestion[] = [...orders, ...filters, ...searches];
