import type { DataSourceRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { flag, oneOf, REST, text } from './conditions.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';

export interface DataSourceFilterShape {
  readonly search?: string | null | undefined;
  readonly adapters?: readonly string[] | null | undefined;
  readonly softDeleted?: boolean | null | undefined;
}

export const DataSourceFilter = builder.inputRef<DataSourceFilterShape & Alternatives<DataSourceFilterShape>>(
  'DataSourceFilter',
);

DataSourceFilter.implement({
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name or the description, case of no matter.' }),
    adapters: t.stringList({ description: 'Drivers, such as `jdbc:snowflake`.' }),
    softDeleted: t.boolean({ description: 'Only deleted ones that queries still refer to, or only others.' }),
    or: t.field({ type: [DataSourceFilter], description: 'One of these must hold too.' }),
  }),
});

export const dataSourceFilter = filterKind<DataSourceRecord, DataSourceFilterShape>({
  search: text(
    REST,
    (row) => row.name,
    (row) => row.description,
  ),
  adapters: oneOf(REST, (row) => row.adapter),
  softDeleted: flag(REST, (row) => row.softDeleted ?? false),
});
