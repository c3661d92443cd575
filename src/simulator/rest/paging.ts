import type { Payload } from './payload/scene.ts';

export interface PageRequest {
  page: number;
  perPage: number;
  /** Whether either parameter was sent. */
  asked: boolean;
}

/** Reads `page` and `per_page`. Nonsense counts as not sent, and too large a page is silently cut to `most`. */
export function readPage(query: URLSearchParams, usual: number, most: number): PageRequest {
  return {
    page: positive(query.get('page')) ?? 1,
    perPage: Math.min(positive(query.get('per_page')) ?? usual, most),
    asked: query.has('page') || query.has('per_page'),
  };
}

export function cut<T>(rows: readonly T[], { page, perPage }: PageRequest): T[] {
  return rows.slice((page - 1) * perPage, page * perPage);
}

/** Mode's counters. `count` is the rows on this page. */
export function counters(total: number, { page, perPage }: PageRequest): Payload {
  const first = Math.min((page - 1) * perPage, total);
  return {
    page,
    per_page: perPage,
    count: Math.min(perPage, total - first),
    total_pages: Math.ceil(total / perPage),
    total_count: total,
  };
}

function positive(text: string | null): number | undefined {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : undefined;
}
