import type { Catalog } from '../../catalog/catalog.ts';
import type { CatalogListName } from '../../catalog/catalog-lists.ts';
import type { Config } from '../../config/config.ts';
import { catalogStore } from '../../discovery.ts';
import { CodedError } from '../../throttle/coded-error.ts';
import type { Reading } from './reading.ts';
import type { WarmedList } from './summary.ts';

interface Warmed {
  readonly config: Config;
  readonly catalog: Catalog;
  readonly readings: readonly Reading[];
  /** All lists that there can be. */
  readonly supplied: readonly CatalogListName[];
  warn(message: string): void;
}

/** The lists, read back from where they are kept, as the gateway that starts next will read them. */
export function listsAsKept({ config, catalog, readings, supplied, warn }: Warmed): Promise<WarmedList[]> {
  const store = catalogStore({ config, warn });
  const asKept = async (name: CatalogListName): Promise<WarmedList> => {
    const reading = readings.find((each) => each.name === name);
    const held = catalog.peek(name)?.asOf ?? Infinity;
    const stored = await store.load(name);
    const isGood = reading?.error === undefined && stored !== undefined && stored.asOf >= held;
    return {
      name,
      rows: stored?.rows.length ?? 0,
      asOf: stored ? new Date(stored.asOf).toISOString() : null,
      calls: reading?.calls ?? 0,
      state: isGood ? (reading ? 'read' : 'kept') : stored ? 'old' : 'missing',
      error: isGood ? null : reasonOf(reading?.error),
    };
  };
  return Promise.all(supplied.map(asKept));
}

function reasonOf(error: unknown): WarmedList['error'] {
  if (error instanceof CodedError) return { code: error.code, message: error.message };
  if (error === undefined) return { code: 'NOT_STORED', message: 'It was read, and could not be kept in CATALOG_DIR.' };
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong that nobody foresaw.' };
}
