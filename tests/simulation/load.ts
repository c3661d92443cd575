import type { Within } from '../../src/loading/workspace-loaders.ts';
import { BARE, type Wanted } from '../../src/loading/wanted.ts';
import type { Provenance } from '../../src/mode/records.ts';

/** Something an operation asks its loaders for. */
export type Load =
  | { readonly kind: 'report' | 'reportsOf' | 'queriesOf'; readonly token: string }
  | { readonly kind: 'query' | 'chartsOf'; readonly report: string; readonly query: string }
  | { readonly kind: 'chart'; readonly report: string; readonly query: string; readonly chart: string }
  | { readonly kind: 'collection'; readonly token: string; readonly from?: Provenance['source'] }
  | { readonly kind: 'queriesWithin' | 'chartsWithin'; readonly within: Within }
  | { readonly kind: 'collections' | 'allReports' | 'stats' | 'members' | 'dataSources' | 'workspace' };

/** Which facts are wanted of each thing, by the API that has them. */
export type Facts = keyof typeof WANTED;

/** Rows of a list that are shown, and completed. */
export const PAGE_SIZE = 3;

export const WANTED = {
  bare: BARE,
  rest: { clauses: [{ anyOf: ['REST'], scope: 'all' }], pageSize: PAGE_SIZE },
  restOfPage: { clauses: [{ anyOf: ['REST'], scope: 'page' }], pageSize: PAGE_SIZE },
  discovery: { clauses: [{ anyOf: ['DISCOVERY'], scope: 'all' }], pageSize: PAGE_SIZE },
  both: {
    clauses: [
      { anyOf: ['REST'], scope: 'page' },
      { anyOf: ['DISCOVERY'], scope: 'all' },
    ],
    pageSize: PAGE_SIZE,
  },
} satisfies Readonly<Record<string, Wanted>>;

/** What is asked for of the first rows that a load gave. */
export interface FollowUp {
  readonly kind: 'queriesOf' | 'chartsOf' | 'reportsOf' | 'report' | 'collection';
  readonly most: number;
  readonly facts: Facts;
  readonly then?: FollowUp;
}

export interface Step {
  readonly load: Load;
  readonly facts: Facts;
  /** Milliseconds after its operation began. */
  readonly afterMs: number;
  readonly then?: FollowUp | undefined;
}

/** Equal for loads that ask for one and the same thing. */
export function nameOf(load: Load): string {
  return JSON.stringify(load);
}
