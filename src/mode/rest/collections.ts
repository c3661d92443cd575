import { walk } from '../paging.ts';
import { collectionPayload, toCollection } from '../payloads/collection.ts';
import type { CollectionRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { isDeleted, NOT_THERE, path, readOne, readPage, type RestScope } from './endpoint.ts';

/**
 * Every collection the credential may see: `GET /spaces`, 30 a page, with counters once `page` is sent.
 *
 * `filter=all`, because without it Mode lists only collections the caller is a member of, and
 * `custom` leaves out the community collection. `all` still shows others' personal collections to
 * admin-level credentials only.
 */
export async function listCollections(scope: RestScope, context: CallContext): Promise<CollectionRecord[]> {
  const rows = await walk((number) =>
    readPage(
      scope,
      {
        endpoint: '/spaces',
        path: '/spaces',
        search: { filter: 'all', page: String(number), per_page: '30' },
        key: 'spaces',
      },
      collectionPayload,
      toCollection,
      context,
    ),
  );
  return (rows ?? []).filter((row) => !isDeleted(row));
}

/** `GET /spaces/{space}`. Null when hidden or deleted; a deleted one may still answer, marked as such. */
export async function readCollection(
  scope: RestScope,
  token: string,
  context: CallContext,
): Promise<CollectionRecord | null> {
  const read = await readOne(
    scope,
    { endpoint: '/spaces/{space}', path: path`/spaces/${token}`, missing: NOT_THERE },
    collectionPayload,
    context,
  );
  return read && !isDeleted(read.payload) ? toCollection(read.payload, read.provenance) : null;
}
