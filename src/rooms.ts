import type { Catalog } from './catalog/catalog.ts';
import type { House } from './house.ts';
import type { Throttles } from './loading/operation.ts';
import type { Door } from './server/callers/door.ts';
import type { Readiness } from './server/readiness.ts';

/** Who answers, and what there is to be told of it and taken down. */
export interface Rooms {
  readonly door: Door;
  readonly readiness: Readiness;
  readonly throttles: Throttles;
  readonly catalog: Catalog;
  houses(): readonly House[];
  dispose(): Promise<void>;
}
