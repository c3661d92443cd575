import { REALISTIC_DISCOVERY, type DiscoveryBehaviour } from './discovery/discovery-behaviour.ts';

/** A sliding window: at most `limit` calls in any `windowMs`. */
export interface RateLimit {
  limit: number;
  windowMs: number;
}

/**
 * How this Mode behaves. Every field may be changed while the server runs; the next call sees the new value.
 * The defaults are what Mode is known to do today.
 */
export interface Behaviour extends DiscoveryBehaviour {
  /** Numeric ids have been JSON strings since 2025 and were JSON numbers before. Counts are always numbers. */
  ids: 'strings' | 'numbers';
  /** `full` carries the action forms and report layouts that make Mode's rows heavy; `light` leaves both out. */
  weight: 'full' | 'light';
  /** What a report list says past its last page: `_embedded: {reports: []}`, or `_embedded: {}`. */
  emptyPage: 'emptyList' | 'emptyEmbedded';
  /** Rows on a page, and the most a `per_page` can ask for. */
  pageSize: number;
  /** Rows on a page of runs when `per_page` is not sent. */
  runsPageSize: number;
  /** Whether the collection list shows its counters: only when `page` or `per_page` is sent, or always. */
  collectionCounters: 'whenPaged' | 'always';
  /** Whether report lists carry counters. Mode's do not. */
  reportCounters: boolean;
  /** Whether the lists of queries, charts and data sources answer everything to any `page`, or nothing after page 1. */
  unpagedLists: 'repeat' | 'endAfterFirst';
  /** Whether archived reports are in the lists. */
  archivedInLists: boolean;
  /** What a collection filter that Mode does not know does. */
  unknownFilter: 'ignored' | 'rejected';
  /** Whether `/reports/{r}/queries/{q}` insists that `q` belongs to `r`. Mode resolves the last token alone. */
  checkParents: boolean;
  /** What a caller gets for an object it may not see. */
  hiddenStatus: 404 | 403;
  /** Whether `GET /api/{workspace}` answers without a credential. */
  anonymousWorkspace: boolean;
  /** Whether `GET /api/account` works for API keys, as it did until 2023. */
  accountForApiKeys: boolean;
  /** Whether the member key may list `/memberships`. */
  membershipsForMembers: boolean;
  /** Per username. `null` switches the limit off, and its two headers with it. */
  rateLimit: RateLimit | null;
  /** The `Retry-After` header of a 429: absent, whole seconds, or an HTTP date. */
  retryAfter: 'none' | 'seconds' | 'date';
  /** Whether a refused call takes a place in the window, so that hammering prolongs the refusal. */
  refusedCount: boolean;
  /** Until this clock time every authenticated call is answered 429. */
  refuseEverythingUntil: number | null;
  /** Milliseconds of clock time between a REST call and its answer. 0 answers at once. */
  latencyMs: number;
}

export const REALISTIC_BEHAVIOUR: Readonly<Behaviour> = {
  ...REALISTIC_DISCOVERY,
  ids: 'strings',
  weight: 'full',
  emptyPage: 'emptyList',
  pageSize: 30,
  runsPageSize: 20,
  collectionCounters: 'whenPaged',
  reportCounters: false,
  unpagedLists: 'repeat',
  archivedInLists: true,
  unknownFilter: 'ignored',
  checkParents: false,
  hiddenStatus: 404,
  anonymousWorkspace: true,
  accountForApiKeys: false,
  membershipsForMembers: false,
  rateLimit: { limit: 40, windowMs: 10_000 },
  retryAfter: 'none',
  refusedCount: false,
  refuseEverythingUntil: null,
  latencyMs: 15,
};
