import { failure, type Answer } from '../rest/answer.ts';
import type { DiscoveryBehaviour } from './discovery-behaviour.ts';

export interface PageRequest {
  page: number;
  perPage: number;
}

/** Reads `page` and `per_page`. Discovery refuses with 400 what the REST service would bend into shape. */
export function readPage(query: URLSearchParams, behaviour: DiscoveryBehaviour): PageRequest | { refused: Answer } {
  const most = behaviour.discoveryPerPage === 'upTo1000' ? 1000 : 999;
  const page = positive(query.get('page'), 1);
  if (page === undefined) return { refused: failure(400, 'page must be a whole number above 0.') };
  const perPage = positive(query.get('per_page'), behaviour.discoveryPageSize);
  if (perPage === undefined) return { refused: failure(400, 'per_page must be a whole number above 0.') };
  // The usual size is not an explicit one, and may be more than anybody can ask for.
  if (query.has('per_page') && perPage > most) return { refused: failure(400, `per_page can be ${most} at most.`) };
  return { page, perPage };
}

function positive(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}
