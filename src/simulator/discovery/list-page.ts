import { ok, type Answer } from '../rest/answer.ts';
import { link, type Link, type Payload } from '../rest/payload/scene.ts';
import { cutPage } from './cut-page.ts';
import type { DiscoveryCall } from './discovery-call.ts';
import { readPage, type PageRequest } from './read-page.ts';

/** One page of a list in Discovery's envelope, which is flat. Past the end the list is empty and the counters stand. */
export function listPage<T>(call: DiscoveryCall, key: string, all: readonly T[], draw: (row: T) => Payload): Answer {
  const { behaviour } = call.scene;
  const asked = readPage(call.query, behaviour);
  if ('refused' in asked) return asked.refused;
  const { rows, totalPages } = cutPage(all, asked, behaviour.discoveryShuffle, call.nextRandom);
  return ok({
    pagination: {
      page: asked.page,
      per_page: asked.perPage,
      count: rows.length,
      total_pages: totalPages,
      total_count: all.length,
    },
    [key]: rows.map(draw),
    _links: links(call, asked, totalPages),
  });
}

/** They keep the page size and forget everything else that was asked, `include_spaces` too. */
function links(call: DiscoveryCall, { page, perPage }: PageRequest, totalPages: number): Record<string, Link> {
  const last = Math.max(1, totalPages);
  const to = (target: number): Link => link(`${call.path}?page=${target}&per_page=${perPage}`);
  const clamped = call.scene.behaviour.discoveryEdgeLinks === 'clamped';
  return {
    ...(clamped || page < last ? { next_page: to(Math.min(page + 1, last)) } : {}),
    ...(clamped || page > 1 ? { prev_page: to(Math.max(1, Math.min(page - 1, last))) } : {}),
  };
}
