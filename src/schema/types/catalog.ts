import type { CatalogView, ListStatus } from '../../catalog/catalog-view.ts';
import { builder } from '../builder.ts';

const CatalogState = builder.enumType('CatalogState', {
  description: 'Whether the gateway holds a copy of the workspace.',
  values: {
    OFF: { description: 'The gateway has no credential for Discovery; everything is read from REST.' },
    EMPTY: { description: 'Nothing has been read yet.' },
    READING: { description: 'Some of it is being read now; what was held before is still served.' },
    PARTIAL: { description: 'Some lists are held; others are read when they are first needed.' },
    READY: { description: 'All of it is held.' },
  },
});

const CatalogList = builder.objectRef<ListStatus>('CatalogList').implement({
  description: 'One list of the catalog.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description:
        'Discovery’s `collections`, `reports`, `stats`, `queries`, `charts` and `members`; from REST `workspace`, `allCollections`, `dataSources` and `people`.',
    }),
    rows: t.exposeInt('rows', { nullable: false, description: 'Rows held.' }),
    asOf: t.field({
      type: 'DateTime',
      description: 'When it was read from Mode; null when it never was.',
      resolve: ({ asOf }) => (asOf === null ? null : new Date(asOf)),
    }),
    progress: t.float({
      description: 'While it is being read: which part has come, from 0 to 1.',
      resolve: ({ reading }) => reading && progressOf([reading]),
    }),
  }),
});

/** Rows held of each kind; null for a kind that was never read. */
const CatalogCounts = builder.objectRef<ReadonlyMap<string, number>>('CatalogCounts').implement({
  description: 'How many things the catalog holds; null for a kind that was never read.',
  fields: (t) => ({
    collections: t.int({
      description: 'Collections, with the personal ones once those are known.',
      resolve: (counts) => counts.get('allCollections') ?? counts.get('collections') ?? null,
    }),
    reports: t.int({ description: 'Reports.', resolve: (counts) => counts.get('reports') ?? null }),
    queries: t.int({ description: 'Queries.', resolve: (counts) => counts.get('queries') ?? null }),
    charts: t.int({ description: 'Charts.', resolve: (counts) => counts.get('charts') ?? null }),
    members: t.int({ description: 'Members.', resolve: (counts) => counts.get('members') ?? null }),
    dataSources: t.int({ description: 'Data sources.', resolve: (counts) => counts.get('dataSources') ?? null }),
  }),
});

export const CatalogType = builder.objectRef<CatalogView>('Catalog').implement({
  description: 'The gateway’s copy of what Mode’s Discovery API lists. Discovery itself may be up to a day behind.',
  fields: (t) => ({
    state: t.field({
      type: CatalogState,
      nullable: false,
      description: 'Whether there is one.',
      resolve: (catalog) => {
        if (!catalog.available) return 'OFF';
        const lists = catalog.status();
        if (lists.some((list) => list.reading)) return 'READING';
        if (lists.every((list) => list.asOf === null)) return 'EMPTY';
        return lists.some((list) => list.asOf === null) ? 'PARTIAL' : 'READY';
      },
    }),
    progress: t.float({
      description: 'While it is being read: which part of what is being read has come, from 0 to 1.',
      resolve: (catalog) => progressOf(catalog.status().flatMap(({ reading }) => reading ?? [])),
    }),
    asOf: t.field({
      type: 'DateTime',
      description: 'When its oldest list was read; null when none is held.',
      resolve: (catalog) => {
        const times = catalog.status().flatMap(({ asOf }) => asOf ?? []);
        return times.length === 0 ? null : new Date(Math.min(...times));
      },
    }),
    counts: t.field({
      type: CatalogCounts,
      nullable: false,
      description: 'How many things it holds.',
      resolve: (catalog) =>
        new Map(catalog.status().flatMap(({ name, asOf, rows }) => (asOf === null ? [] : [[name, rows]]))),
    }),
    lists: t.field({
      type: [CatalogList],
      nullable: { list: false, items: false },
      description: 'Its lists, with the rows held of each.',
      resolve: (catalog) => catalog.status(),
    }),
  }),
});

function progressOf(readings: readonly NonNullable<ListStatus['reading']>[]): number | null {
  if (readings.length === 0) return null;
  const total = readings.reduce((sum, reading) => sum + (reading.total ?? 0), 0);
  const rows = readings.reduce((sum, reading) => sum + reading.rows, 0);
  return total === 0 ? 0 : Math.min(1, rows / total);
}
