import type { CollectionRecord, Provenance } from '../mode/records.ts';
import { carryOut } from './carry-out.ts';
import type { LoadingParts } from './parts.ts';
import { plannedLoader, settleAll } from './planned-loader.ts';
import { restCollectionCalls } from './rest-costs.ts';
import type { Wanted } from './wanted.ts';

/** A collection as something pointed to it. */
export interface CollectionPointer {
  readonly token: string;
  /** Who pointed. A row of Discovery's may point to a personal collection, which Discovery does not list. */
  readonly from?: Provenance['source'];
}

export interface CollectionLoaders {
  collections(wanted: Wanted): Promise<readonly CollectionRecord[]>;
  /** Null when the collection is hidden or gone. */
  collection(pointer: CollectionPointer, wanted: Wanted): Promise<CollectionRecord | null>;
}

export function createCollectionLoaders({ rest, discovery, bill }: LoadingParts): CollectionLoaders {
  const listCalls = (): number => restCollectionCalls(discovery.hint('collections')?.rows.length);

  const collections = plannedLoader<'all', readonly CollectionRecord[]>(String, async (asked) => {
    const run = await carryOut(
      {
        what: 'collections',
        keys: 1,
        wanted: asked.map((one) => one.wanted),
        list: 'collections',
        rest: [{ source: 'REST', how: 'walk', scope: 'all', calls: listCalls() }],
      },
      discovery,
      bill,
    );
    return settleAll(asked, () =>
      run.rest ? rest.collections() : Promise.resolve(run.snapshot('collections')?.rows ?? []),
    );
  });

  const collection = plannedLoader<CollectionPointer, CollectionRecord | null>(
    (pointer) => `${pointer.token} ${pointer.from ?? ''}`,
    async (asked) => {
      const tokens = new Set(asked.map((one) => one.key.token));
      const run = await carryOut(
        {
          what: 'collections',
          keys: tokens.size,
          wanted: asked.map((one) => one.wanted),
          list: 'collections',
          rest: [
            { source: 'REST', how: 'read', scope: 'all', calls: tokens.size },
            { source: 'REST', how: 'walk', scope: 'all', calls: listCalls() },
          ],
        },
        discovery,
        bill,
      );
      // The walk leaves each collection it met where the single read looks first.
      if (run.rest?.how === 'walk') await rest.collections();
      return settleAll(asked, async ({ token, from }) => {
        if (run.rest) return rest.collection(token);
        const known = run.snapshot('collections')?.byKey.get(token);
        if (known || from === 'DISCOVERY') return known ?? null;
        return rest.collection(token);
      });
    },
  );

  return { collections: (wanted) => collections('all', wanted), collection };
}
