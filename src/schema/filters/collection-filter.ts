import type { CollectionRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { EITHER, oneOf, REST, text } from './conditions.ts';
import { filterKind, type Alternatives } from './filter-kind.ts';

export interface CollectionFilterShape {
  readonly search?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly defaultAccessLevels?: readonly string[] | null | undefined;
  readonly creators?: readonly string[] | null | undefined;
}

export const CollectionFilter = builder.inputRef<CollectionFilterShape & Alternatives<CollectionFilterShape>>(
  'CollectionFilter',
);

CollectionFilter.implement({
  description: 'All conditions given must hold; a list holds when one of its values does.',
  fields: (t) => ({
    search: t.string({ description: 'Text in the name or the description, case of no matter.' }),
    types: t.stringList({ description: '`custom`, `private` or `community`.' }),
    defaultAccessLevels: t.stringList({ description: '`view`, `edit`, `none` or `restricted`.' }),
    creators: t.stringList({ description: 'Usernames of those who made the collection.' }),
    or: t.field({ type: [CollectionFilter], description: 'One of these must hold too.' }),
  }),
});

export const collectionFilter = filterKind<CollectionRecord, CollectionFilterShape>({
  search: text(
    EITHER,
    (row) => row.name,
    (row) => row.description,
  ),
  types: oneOf(EITHER, (row) => row.type),
  defaultAccessLevels: oneOf(EITHER, (row) => row.defaultAccessLevel),
  creators: oneOf(REST, (row) => row.creatorUsername),
});
