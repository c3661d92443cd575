import type { CollectionRecord, Provenance } from '../mode/records.ts';
import { madeOnce, once } from './made-once.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import type { Offer } from './plan.ts';
import { plannedLoader } from './planned-loader.ts';
import { restCollectionCalls } from './rest-costs.ts';
import type { Wanted } from './wanted.ts';

/** A collection as something pointed to it. */
export interface CollectionPointer {
  readonly token: string;
  /** Who pointed. A row of Discovery's may point to a personal collection, which Discovery does not list. */
  readonly from?: Provenance['source'];
}

export interface CollectionLoaders {
  collections(wanted: Wanted): MaybePromise<RowList<CollectionRecord>>;
  /** Null when the collection is hidden or gone. */
  collection(pointer: CollectionPointer, wanted: Wanted): MaybePromise<CollectionRecord | null>;
}

export function createCollectionLoaders(parts: LoadingParts): CollectionLoaders {
  const { rest, discovery, bill } = parts;
  const everything = () => rest.collections();
  /** The whole list from REST: a walk, or nothing when the catalog keeps one that is fresh enough. */
  const listOffer = (): Offer => {
    // A walk that began on Discovery's list ends on it: the two do not hold the same rows.
    if (discovery.held('allCollections') && !discovery.isPinned('collections'))
      return { source: 'REST', how: 'snapshot', scope: 'all', calls: 0 };
    const size = discovery.hint('allCollections')?.rows.length ?? discovery.hint('collections')?.rows.length;
    return { source: 'REST', how: 'walk', scope: 'all', calls: restCollectionCalls(size) };
  };

  const noteOmission = (): void => {
    bill.note({
      code: 'PERSONAL_COLLECTIONS_OMITTED',
      message:
        'Mode’s Discovery API, which was asked, does not list members’ personal collections. They are there once the catalog is warm, or with the header Cache-Control: no-cache.',
    });
  };

  const collections = plannedLoader<'all', RowList<CollectionRecord>>(
    {
      name: 'collections',
      toText: String,
      request: (_, wanted) => ({ what: 'collections', keys: 1, wanted, list: 'collections', rest: [listOffer()] }),
      answer: (run) => () => {
        if (run.rest) {
          return andThen(everything(), (rows) =>
            whole(rows, pinsOf({ allCollections: discovery.held('allCollections') })),
          );
        }
        const known = run.snapshot('collections');
        noteOmission();
        return whole(known?.rows ?? [], pinsOf({ collections: known }));
      },
    },
    parts,
  );

  const collection = plannedLoader<CollectionPointer, CollectionRecord | null>(
    {
      name: 'collection',
      toText: (pointer) => `${pointer.token} ${pointer.from ?? ''}`,
      request: (keys, wanted) => {
        const tokens = new Set(keys.map((key) => key.token)).size;
        const read: Offer = { source: 'REST', how: 'read', scope: 'all', calls: tokens, perKey: true };
        return { what: 'collections', keys: tokens, wanted, list: 'collections', rest: [read, listOffer()] };
      },
      answer: (run) => {
        const listed = once(() => andThen(everything(), indexByToken));
        return ({ token, from }) => {
          if (run.rest?.how === 'read') return rest.collection(token);
          if (run.rest) return andThen(listed(), (known) => known.get(token) ?? rest.collection(token));
          const known = run.snapshot('collections')?.byKey.get(token);
          if (known) return known;
          if (from === 'DISCOVERY') {
            // A personal collection, which Discovery points to and does not list.
            noteOmission();
            return null;
          }
          return rest.collection(token);
        };
      },
    },
    parts,
  );

  return { collections: (wanted) => collections('all', wanted), collection };
}

const indexByToken = madeOnce(
  (rows: readonly CollectionRecord[]): ReadonlyMap<string, CollectionRecord> =>
    new Map(rows.map((row) => [row.token, row])),
);
