import type { SignatureToken } from '../../src/simulator/index.ts';
import type { TestMode } from './test-mode.ts';

export type Row = Record<string, unknown> & { token: string };

/** What Discovery says: a page of a list, or an error. */
export interface BatchBody {
  [key: string]: unknown;
  id?: string;
  message?: unknown;
  pagination: { page: number; per_page: number; count: number; total_pages: number; total_count: number };
  _links: Record<string, { href: string } | undefined>;
}

export interface BatchReply {
  status: number;
  headers: Headers;
  body: BatchBody;
}

/** The six lists, and the key of each in the answer. */
export const LISTS = ['spaces', 'reports', 'queries', 'charts', 'report_stats', 'members'] as const;

export function bearer({ token, accessKey, accessSecret }: Omit<SignatureToken, 'name'>): string {
  return `Bearer ${Buffer.from(`${token}:${accessKey}:${accessSecret}`).toString('base64')}`;
}

/** A way to ask Discovery. Uses the signature token that is there from the start unless told otherwise. */
export class TestDiscovery {
  readonly #test: TestMode;

  constructor(test: TestMode) {
    this.#test = test;
  }

  /** `path` is what follows `/batch/acme/`. */
  async ask(
    path: string,
    authorization = bearer(this.#test.mode.discovery),
    init: RequestInit = {},
  ): Promise<BatchReply> {
    const headers = authorization === '' ? {} : { authorization };
    const response = await fetch(`${this.#test.mode.url}/batch/acme/${path}`, { ...init, headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as BatchBody };
  }

  async status(path: string, authorization?: string): Promise<number> {
    return (await this.ask(path, authorization)).status;
  }

  async rows(path: string): Promise<Row[]> {
    return rowsOf((await this.ask(path)).body);
  }

  /** Reads page after page as the counters say, and keeps every row as often as it came. */
  async walk(path: string): Promise<Row[]> {
    const all: Row[] = [];
    for (let page = 1, last = 1; page <= last; page += 1) {
      const { body } = await this.ask(`${path}${path.includes('?') ? '&' : '?'}page=${page}`);
      all.push(...rowsOf(body));
      last = body.pagination.total_pages;
    }
    return all;
  }

  mint(fields: Record<string, unknown>, authorization = this.#test.header('admin')): Promise<BatchReply> {
    return this.post(JSON.stringify({ signature_token: fields }), authorization);
  }

  post(body: string, authorization = this.#test.header('admin')): Promise<BatchReply> {
    return this.ask('signature_tokens', authorization, { method: 'POST', body });
  }
}

/** The one list in an answer. */
export function rowsOf(body: BatchBody): Row[] {
  const rows = Object.values(body).find((value): value is Row[] => Array.isArray(value));
  if (rows === undefined) throw new Error(`there is no list in ${JSON.stringify(body)}`);
  return rows;
}
