import type { Payload } from './payload/scene.ts';

/** What a route says, before it is written: a status and a body of JSON. */
export interface Answer {
  status: number;
  payload: unknown;
}

export function ok(payload: Payload): Answer {
  return { status: 200, payload };
}

const ERROR_IDS: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  422: 'unprocessable_entity',
  429: 'rate_limited',
  500: 'internal_server_error',
  502: 'bad_gateway',
  503: 'service_unavailable',
};

/** Mode's error body: a code that goes with the status, and a sentence or, for 422, complaints by field. */
export function failure(status: number, message: string | Record<string, string[]>): Answer {
  return { status, payload: { id: ERROR_IDS[status] ?? 'error', message } };
}
