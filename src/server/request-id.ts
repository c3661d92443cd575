import { randomUUID } from 'node:crypto';

/** What may stand in a log line and a header as it is, and is no longer than other systems' ids. */
const GOOD_ID = /^[\w.:/+=-]{1,128}$/;

export const REQUEST_ID_HEADER = 'x-request-id';

/** The caller's own name for its request, if it is fit to be one; else a new one. */
export function readRequestId(header: string | null | undefined): string {
  return typeof header === 'string' && GOOD_ID.test(header) ? header : randomUUID();
}

const ids = new WeakMap<Request, string>();

/** The id of a request, the same as long as it lives. */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const id = readRequestId(request.headers.get(REQUEST_ID_HEADER));
  ids.set(request, id);
  return id;
}
