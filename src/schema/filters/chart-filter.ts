import type { ChartRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { contains, isOneOf } from './matching.ts';

export interface ChartFilterShape {
  readonly search?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
}

export const ChartFilter = builder.inputType('ChartFilter', {
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the title or the description, case of no matter.' }),
    types: t.stringList({ description: 'Chart types, such as `bar`, `line` or `bigNumber`.' }),
    creators: t.stringList({ description: 'Usernames of those who made the chart.' }),
  }),
});

export function matchesChart(filter: ChartFilterShape | null | undefined, row: ChartRecord): boolean {
  if (filter == null) return true;
  return (
    contains(filter.search, row.title, row.description) &&
    isOneOf(filter.types, row.type) &&
    isOneOf(filter.creators, row.creatorUsername)
  );
}
