import { ok, type Answer } from './answer.ts';
import { counters, cut, readPage } from './paging.ts';
import { link, type Payload } from './payload/scene.ts';
import type { RestCall } from './rest-call.ts';

/** The envelope of every list. `self` is the path without its query string, under Mode's own spelling. */
export function envelope(call: RestCall, embedded: Payload, pagination?: Payload): Answer {
  const self = call.path.replace(/^(\/api\/[^/]+)\/spaces/, '$1/collections');
  return ok({ _links: { self: link(self) }, _embedded: embedded, ...(pagination ? { pagination } : {}) });
}

/** A list that answers everything at once and does not know what a page is. */
export function wholeList<T>(call: RestCall, key: string, rows: readonly T[], draw: (row: T) => Payload): Answer {
  const { page } = readPage(call.query, rows.length, Infinity);
  const over = page > 1 && call.scene.behaviour.unpagedLists === 'endAfterFirst';
  return envelope(call, { [key]: over ? [] : rows.map(draw) });
}

/** A list of report rows: fixed pages, no counters, no next link. It ends on an empty page, which has two shapes. */
export function reportList<T>(call: RestCall, rows: readonly T[], draw: (row: T) => Payload): Answer {
  const { behaviour } = call.scene;
  const page = { ...readPage(call.query, behaviour.pageSize, behaviour.pageSize), perPage: behaviour.pageSize };
  const shown = cut(rows, page);
  const empty = shown.length === 0 && behaviour.emptyPage === 'emptyEmbedded';
  return envelope(
    call,
    empty ? {} : { reports: shown.map(draw) },
    behaviour.reportCounters ? counters(rows.length, page) : undefined,
  );
}
