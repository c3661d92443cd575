import type { ChartRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { DISCOVERY, EITHER, oneOf, REST, text } from './conditions.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';

export interface ChartFilterShape {
  readonly search?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly collections?: readonly string[] | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
}

export const ChartFilter = builder.inputRef<ChartFilterShape & Alternatives<ChartFilterShape>>('ChartFilter');

ChartFilter.implement({
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the title, case of no matter.' }),
    types: t.stringList({ description: 'Chart types, such as `bar`, `line` or `bigNumber`.' }),
    collections: t.stringList({ description: 'Tokens of the collections its report is in. Known to Discovery alone.' }),
    creators: t.stringList({ description: 'Usernames of those who made the chart. Known to REST alone.' }),
    or: t.field({ type: [ChartFilter], description: 'One of these must hold too.' }),
  }),
});

export const chartFilter = filterKind<ChartRecord, ChartFilterShape>({
  search: text(EITHER, (row) => row.title),
  types: oneOf(EITHER, (row) => row.type),
  collections: oneOf(DISCOVERY, (row) => row.collectionToken),
  creators: oneOf(REST, (row) => row.creatorUsername),
});
