import type { CollectionRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { contains, isOneOf } from './matching.ts';

export interface CollectionFilterShape {
  readonly search?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly defaultAccessLevels?: readonly string[] | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
}

export const CollectionFilter = builder.inputType('CollectionFilter', {
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name or the description, case of no matter.' }),
    types: t.stringList({ description: '`custom`, `private` or `community`.' }),
    defaultAccessLevels: t.stringList({ description: '`view`, `edit`, `none` or `restricted`.' }),
    creators: t.stringList({ description: 'Usernames of those who made the collection.' }),
  }),
});

export function matchesCollection(filter: CollectionFilterShape | null | undefined, row: CollectionRecord): boolean {
  if (filter == null) return true;
  return (
    contains(filter.search, row.name, row.description) &&
    isOneOf(filter.types, row.type) &&
    isOneOf(filter.defaultAccessLevels, row.defaultAccessLevel) &&
    isOneOf(filter.creators, row.creatorUsername)
  );
}
