import * as z from 'zod';
import type { CollectionRecord, Provenance } from '../records.ts';
import { lastSegment, links } from './links.ts';
import { maybeFlag, maybeId, maybeText, token } from './scalars.ts';

/** Mode's "space", alone or as a row. `restricted` is left out: it is always false, whatever the access. */
export const collectionPayload = z.object({
  token,
  id: maybeId,
  name: maybeText,
  description: maybeText,
  space_type: maybeText,
  state: maybeText,
  default_access_level: maybeText,
  free_default: maybeFlag,
  'viewable?': maybeFlag,
  _links: links,
});

export function toCollection(row: z.output<typeof collectionPayload>, provenance: Provenance): CollectionRecord {
  return {
    kind: 'Collection',
    token: row.token,
    modeId: row.id,
    name: row.name,
    description: row.description,
    type: row.space_type,
    state: row.state,
    defaultAccessLevel: row.default_access_level,
    freeDefault: row.free_default,
    viewable: row['viewable?'],
    creatorUsername: lastSegment(row._links, 'creator'),
    provenance,
  };
}
