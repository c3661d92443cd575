import type { Refusal } from './refusal.ts';

/** Thrown where a request turns out to be none that can be answered; it carries the answer it gets instead. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

export function badRequest(message: string): RefusedRequest {
  return new RefusedRequest({ status: 400, code: 'BAD_REQUEST', message });
}

/** A body, for who does not know what one looks like. */
export const EXAMPLE_BODY = '{"query": "{ workspace { name } }"}';
