import type { CallContext } from '../mode/call-context.ts';
import type { CatalogListName, CatalogRows } from './catalog-lists.ts';
import type { StoredList } from './catalog-store.ts';
import type { ListSnapshot } from './list-snapshot.ts';

/** How a list came: read from Mode; taken over from another replica; or not at all, as it would take too many calls. */
export type Outcome = 'read' | 'taken over' | 'declined';

/** A list that is wanted, and what is to be done to have it. */
export interface Errand<Name extends CatalogListName = CatalogListName> {
  readonly name: Name;
  /** Aborted when nobody wants it any more; its priority changes with those who wait for it. */
  readonly call: CallContext;
  /** How old it may be for whoever began this, in milliseconds; undefined when they do not mind. 0: read it now. */
  readonly maxAgeMs: number | undefined;
  held(): ListSnapshot<CatalogRows[Name]> | undefined;
  /** Reads it from Mode. `stored` resolves once what came is where other replicas find it, or never will be. */
  read(): Promise<{ readonly outcome: Outcome; readonly stored: Promise<void> }>;
  takeUp(list: StoredList<Name>): Promise<void>;
  /** A person waits for it, elsewhere. */
  hasten(): void;
}

/** Who reads a list, where several replicas share a catalog. */
export interface ReadingTurns {
  /** @throws what `read` and `takeUp` throw, and the reason of the call's signal */
  run<Name extends CatalogListName>(errand: Errand<Name>): Promise<Outcome>;
}

/** Nobody else is there. */
export const alone: ReadingTurns = {
  run: async (errand) => (await errand.read()).outcome,
};
